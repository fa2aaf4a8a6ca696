import { NEWS_AGENCIES } from '../lexicon/agencies.ts'
import { readAgency } from './credit.ts'

/** The one home of datelines: place, date and agency before the first words of a report. */
export interface Dateline {
  readonly place: string | null
  readonly agency: string | null
}

/** A dateline stands in the first part of a paragraph, code units. */
const MAX_DATELINE = 90
const PLACE = /^(\p{Lu}[\p{Lu}\p{M} .'’-]{2,30}\p{Lu})(?=[\s,(/–—:-])/u
/** After the place: a date or region, an agency in brackets, and a dash; or nothing but a colon. */
const AFTER_PLACE = /^(?:,\s[^-–—:.]{1,25})?(?:\s?\([^()]{2,30}\))?(?:\s?[-–—]{1,2}\s|\s?:\s)/u
const IN_BRACKETS = /^[^()（）]{0,60}[(（]([^()（）]{2,30})[)）]\s?[-–—:]/u
const SLASHES = /^\p{Lu}[^/]{0,60}\/([A-Za-z-]{3,20})\//u
const NEWSWIRE = /newswire$/iu
const EAST_ASIAN = /^(新华社|新華社|中新社|中央社|中新网|人民网)/u
const AGENCY_NAMES: readonly string[] = NEWS_AGENCIES.filter((name) => name.length > 2)
const EXACT: ReadonlySet<string> = new Set(NEWS_AGENCIES)
/** How far behind the place an agency may be named after a dash, code units. */
const MAX_AGENCY_DISTANCE = 40

/** Reads the dateline at the start of a paragraph: "MOSCOW, Jan 4 (AP) - ", "SEOUL: ", "МОСКВА, 4 янв - РИА Новости." */
export function readDateline(text: string): Dateline | null {
  const head = text.slice(0, MAX_DATELINE)
  const wire = head.includes('/') ? SLASHES.exec(head)?.[1] : undefined
  if (wire !== undefined && (NEWSWIRE.test(wire) || EXACT.has(wire)))
    return { place: placeOf(head), agency: readAgency(wire) ?? wire }
  const east = EAST_ASIAN.exec(head)?.[1]
  if (east !== undefined) return { place: null, agency: east }
  const inBrackets = /[(（]/u.test(head) ? (IN_BRACKETS.exec(head)?.[1] ?? '') : ''
  if (EXACT.has(inBrackets)) return { place: placeOf(head), agency: inBrackets }
  const place = placeOf(head)
  if (place === null || !AFTER_PLACE.test(head.slice(place.length))) return null
  const rest = head.slice(place.length, place.length + MAX_AGENCY_DISTANCE)
  return {
    place,
    agency: AGENCY_NAMES.find((name) => rest.includes(`- ${name}`) || rest.includes(`– ${name}`)) ?? null,
  }
}

function placeOf(head: string): string | null {
  return PLACE.exec(head)?.[1] ?? null
}
