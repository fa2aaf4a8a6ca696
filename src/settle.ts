import { isolate } from './features/page.ts'
import type { Measured, Page } from './features/measured.ts'
import { isStranger, MIN_DEK_WORDS } from './metadata/find-dek.ts'
import { readStory } from './metadata/head.ts'
import { HEAD_AGAIN, METADATA_PASSES } from './metadata/index.ts'
import type { Scorer } from './model/index.ts'
import { PAGE_PASSES } from './passes/index.ts'
import { runPasses, type Ruling, type Rulings, type Scope } from './run-passes.ts'
import type { BlockField } from './types.ts'

/** Readings of one body. Nearly always the second finds nothing more; of many labels at its top each one takes some. */
const MAX_READINGS = 8
/** So many blocks are read once more at most, in all readings: an archive of a megabyte would cost several times its cleaning. */
const MAX_BLOCKS = 20_000

/**
 * Reads the body of a story of text once more, as a text of its own: what stood among menus and boxes can stand clear now, and a second
 * headline, a day or a label above the first paragraph would be taken from it if it was cleaned again. So they are taken at once, and
 * an answer that is cleaned again stays as it is. HTML with headings has tags to tell a crosshead from a headline, and is left as it is.
 */
export function settle(page: Page, scope: Scope | undefined, rulings: Rulings, scorer: Scorer | undefined): Rulings {
  if (scope === undefined || page.blocks.some(({ markup }) => (markup?.level ?? 0) > 0)) return rulings
  const title = findTitle(rulings, scope)
  const canBeDek = (block: Measured, body: readonly Measured[]): boolean =>
    block.id > title && block.words >= MIN_DEK_WORDS && !isStranger(block, readStory(body, page), page)
  let settled = rulings
  for (let reading = 0, read = 0; reading < MAX_READINGS; reading++) {
    const body = page.blocks.slice(scope.first, scope.last + 1).filter(({ id }) => !settled.has(id))
    read += body.length
    if (read > MAX_BLOCKS) return settled
    const found = readAgain(page, body, scorer)
    if (found.size === 0) return settled
    settled = new Map([...settled, ...translate(found, body, fieldsOf(settled, scope), canBeDek)])
  }
  return settled
}

/** Rulings on the blocks of a body, by the numbers that they have in it. */
function readAgain(page: Page, body: readonly Measured[], scorer: Scorer | undefined): Rulings {
  const again = isolate(page, body, scorer)
  return runPasses([...METADATA_PASSES, ...HEAD_AGAIN], again, runPasses(PAGE_PASSES, again))
}

/** The block of the headline; -1 without. */
function findTitle(rulings: Rulings, { first, last }: Scope): number {
  for (const [id, { verdict }] of rulings)
    if (id >= first && id <= last && verdict.fate === 'field' && verdict.field === 'title') return id
  return -1
}

/** Fields that the story has already. */
function fieldsOf(rulings: Rulings, { first, last }: Scope): ReadonlySet<BlockField> {
  const fields = new Set<BlockField>()
  for (const [id, { verdict }] of rulings)
    if (id >= first && id <= last && verdict.fate === 'field') fields.add(verdict.field)
  return fields
}

/** The same rulings by the numbers of the page. What fills a field that the story has is another line of that kind. */
function translate(
  found: Rulings,
  body: readonly Measured[],
  fields: ReadonlySet<BlockField>,
  canBeDek: (block: Measured, body: readonly Measured[]) => boolean,
): ReadonlyMap<number, Ruling> {
  const rulings = new Map<number, Ruling>()
  let hasDek = fields.has('subtitle')
  for (const [id, { duplicateOf, ...ruling }] of found) {
    const [block, original] = [body[id], duplicateOf === undefined ? undefined : body[duplicateOf]]
    if (block === undefined) continue
    const own = { ...ruling, block: block.id, ...(original === undefined ? {} : { duplicateOf: original.id }) }
    const field = ruling.verdict.fate === 'field' ? ruling.verdict.field : 'captions'
    const isAnother = field !== 'captions' && fields.has(field)
    const isDek = isAnother && field === 'title' && !hasDek && canBeDek(block, body)
    rulings.set(block.id, isAnother ? anotherOf(field, own, isDek) : own)
    hasDek ||= isDek
  }
  return rulings
}

function anotherOf(field: BlockField, ruling: Ruling, isDek: boolean): Ruling {
  if (isDek)
    return {
      ...ruling,
      rule: 'settle',
      evidence: 'a second headline above the first paragraph',
      verdict: { fate: 'field', field: 'subtitle' },
    }
  return {
    ...ruling,
    rule: 'settle',
    evidence: `another line that could be the ${field}: ${ruling.evidence}`,
    verdict: { fate: 'removed', reason: 'chrome' },
  }
}
