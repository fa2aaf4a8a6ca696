import { readByline } from '../features/byline.ts'
import { readDateLine } from '../features/dates.ts'
import { findDay } from '../features/day-within.ts'
import { readDateline } from '../features/dateline.ts'
import { detectDirection } from '../features/language.ts'
import type { Measured, Page } from '../features/measured.ts'
import { readCreditTail } from '../features/credit.ts'
import { isParagraph } from '../passes/zones.ts'
import type { Rulings } from '../run-passes.ts'
import type { BlockField, Story } from '../types.ts'

/** Length of `excerpt`, code units. */
const MAX_EXCERPT = 400

/** The first half of a character that a cut took apart. */
const HALF_CHARACTER = /[\uD800-\uDBFF]$/

/** What the fields of a story say; `textContent` and `content` are for the renderer. */
export type Metadata = Omit<Story, 'textContent' | 'length' | 'content'>

/**
 * Puts a story's fields together from the findings on its blocks and from its body.
 * @param blocks all blocks of the story
 * @param body those of them that are its body
 */
export function describeStory(
  page: Page,
  blocks: readonly Measured[],
  body: readonly Measured[],
  rulings: Rulings,
): Metadata {
  const fields = blocks.flatMap((block) => {
    const ruling = rulings.get(block.id)
    return ruling?.verdict.fate === 'field'
      ? [{ block, ruling, field: ruling.verdict.field, value: ruling.verdict.value ?? block.bare }]
      : []
  })
  const first = (name: BlockField): string | null => fields.find(({ field }) => field === name)?.value ?? null
  const { iso, raw } = readDate(fields, page.lang)
  const lede = body.find(isParagraph) ?? body[0]
  const captions = fields.filter(({ field }) => field === 'captions').map(({ value }) => value)
  return {
    title: first('title'),
    byline: joined(fields.filter(({ field }) => field === 'byline').map(({ value }) => value)),
    dir: detectDirection(
      body
        .slice(0, 20)
        .map((block) => block.text)
        .join(' '),
    ),
    lang: page.lang,
    siteName:
      first('siteName') ??
      siteNameOf(
        blocks,
        fields.find(({ field }) => field === 'title'),
        rulings,
      ),
    excerpt: lede === undefined ? null : lede.bare.slice(0, MAX_EXCERPT).replace(HALF_CHARACTER, ''),
    publishedTime: iso === '' ? null : iso,
    publishedTimeRaw: raw,
    subtitle: first('subtitle'),
    section: first('section'),
    agency:
      joined(fields.filter(({ field }) => field === 'agency').map(({ value }) => value)) ?? findAgency(body, captions),
    captions,
    notes: body.filter((block) => block.cue?.kind === 'note').map((block) => block.bare),
  }
}

/** A block that is a field, or holds one. */
interface Field {
  readonly block: Measured
  readonly field: BlockField
  readonly value: string
}

/** The date of the line that is it; else of the author's, as in "By Jane Roe | 3 May 2024". */
function readDate(
  fields: readonly Field[],
  lang: string | null,
): { readonly iso: string | null; readonly raw: string | null } {
  const published = fields.find(({ field }) => field === 'publishedTime')
  const own = published === undefined ? null : (published.block.date ?? readDateLine(published.value, lang))
  if (published !== undefined && own !== null) return { iso: own.iso, raw: published.value }
  for (const { block, field } of fields) {
    if (field !== 'byline') continue
    const iso = readByline(block.bare, lang)?.date?.iso ?? findDay(block, lang)?.iso
    if (iso != null) return { iso, raw: published?.value ?? block.bare }
  }
  return { iso: null, raw: published?.value ?? null }
}

function joined(values: readonly string[]): string | null {
  return values.length === 0 ? null : [...new Set(values)].join(', ')
}

/**
 * The news agency of a report: named in the dateline or signed under the last paragraph. An agency that only made a photo is
 * not the report's, unless the text names it too.
 */
function findAgency(body: readonly Measured[], captions: readonly string[]): string | null {
  const paragraphs = body.filter(isProseBlock)
  const dateline = readDateline(paragraphs[0]?.text ?? '')?.agency ?? null
  if (dateline !== null) return dateline
  const signed = readCreditTail(paragraphs.at(-1)?.text ?? '')?.agency ?? null
  if (signed !== null) return signed
  for (const caption of captions) {
    const agency = readCreditTail(caption)?.agency ?? null
    if (agency !== null && paragraphs.some((block) => block.tokens.includes(agency))) return agency
  }
  return null
}

function isProseBlock(block: Measured): boolean {
  return block.isProse
}

/** What follows the headline after a bar or dash, on its own line or on a copy of it. */
function siteNameOf(
  blocks: readonly Measured[],
  title: { readonly block: Measured; readonly value: string } | undefined,
  rulings: Rulings,
): string | null {
  if (title === undefined) return null
  const copies = blocks.filter(
    (block) => block === title.block || rulings.get(block.id)?.duplicateOf === title.block.id,
  )
  for (const { bare } of copies) {
    const suffix = bare.toLowerCase().startsWith(title.value.toLowerCase())
      ? /^\s*[|｜•·–—-]\s*(\S.*)$/u.exec(bare.slice(title.value.length))?.[1]
      : undefined
    if (suffix !== undefined) return suffix
  }
  return null
}
