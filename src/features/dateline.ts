import { NEWS_AGENCIES } from '../lexicon/agencies.ts'
import { readAgency } from './credit.ts'

/** The one home of datelines: place, date and agency before the first words of a report. */
export interface Dateline {
  readonly place: string | null
  readonly agency: string | null
}

/** A dateline stands in the first part of a paragraph, code units. */
const MAX_DATELINE = 90
const PLACE = /^(\p{Lu}[\p{Lu}\p{M} .,'’-]{2,40})(?=[\s,(/–—:-])/u
const IN_BRACKETS = /^[^()（）]{0,60}[(（]([^()（）]{2,30})[)）]\s?[-–—:]*/u
const BEFORE_DASH = /^(.{2,80}?)\s?[-–—]{1,2}\s/u
const SLASHES = /^\p{Lu}[^/]{0,60}\/([A-Za-z-]{3,20})\//u
const XINHUA = /^(新华社|新華社|中新社|中央社|中新网|人民网)/u
const AGENCY_NAMES: readonly string[] = NEWS_AGENCIES.filter((name) => name.length > 2)

/** Reads the dateline at the start of a paragraph: "MOSCOW, Jan 4 (AP) - ", "SEOUL:", "МОСКВА, 4 янв - РИА Новости." */
export function readDateline(text: string): Dateline | null {
  const head = text.slice(0, MAX_DATELINE)
  const slashes = SLASHES.exec(head)
  if (slashes !== null) return { place: placeOf(head), agency: readAgency(slashes[1] ?? '') ?? slashes[1] ?? null }
  const east = XINHUA.exec(head)
  if (east !== null) return { place: null, agency: east[1] ?? null }
  const brackets = IN_BRACKETS.exec(head)
  const agency = brackets === null ? null : readAgency(brackets[1] ?? '')
  if (agency !== null) return { place: placeOf(head), agency }
  const place = placeOf(head)
  if (place === null) return null
  const rest = head.slice(place.length)
  const dash = BEFORE_DASH.exec(head)
  if (dash === null && !/^\P{Ll}{0,30}:\s/u.test(rest)) return null
  const named = AGENCY_NAMES.find(
    (name) => rest.slice(0, 40).includes(`- ${name}`) || rest.slice(0, 40).includes(`– ${name}`),
  )
  return { place, agency: named ?? null }
}

function placeOf(head: string): string | null {
  const place = PLACE.exec(head)?.[1]?.trim()
  return place === undefined || /^[A-Z]$/u.test(place) ? null : place
}
