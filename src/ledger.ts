import type { Page } from './features/measured.ts'
import { isInvisible } from './read/lines.ts'
import type { Rulings } from './run-passes.ts'
import type { BlockField, LedgerEntry, Removal } from './types.ts'

/** What was taken out, in order; the text is the slice of the input. */
export function listRemovals(page: Page, rulings: Rulings): readonly Removal[] {
  return page.blocks.flatMap((block): Removal[] => {
    const ruling = rulings.get(block.id)
    if (ruling?.verdict.fate !== 'removed') return []
    const { id, start, end } = block
    return [
      {
        id,
        start,
        end,
        reason: ruling.verdict.reason,
        rule: ruling.rule,
        evidence: ruling.evidence,
        duplicateOf: ruling.duplicateOf ?? null,
        text: block.markup === null ? page.source.slice(start, end) : block.text,
      },
    ]
  })
}

/**
 * Every span of the input with its fate. Entries tile the input: they are in order, without gap or overlap, from 0 to its length.
 * @param storyOf index in `otherStories` of the story a block belongs to, null for the main one
 */
export function buildLedger(
  page: Page,
  rulings: Rulings,
  storyOf: (block: number) => number | null,
): readonly LedgerEntry[] {
  const entries: LedgerEntry[] = []
  const space = (start: number, end: number): void => {
    if (end <= start) return
    const isMarkup = page.declared !== null && !isInvisible(page.source.slice(start, end))
    const fate = isMarkup ? 'markup' : 'space'
    entries.push({ start, end, id: null, fate, field: null, story: null, reason: null })
  }
  let at = 0
  for (const { id, start, end } of page.blocks) {
    space(at, start)
    const verdict = rulings.get(id)?.verdict
    const story = storyOf(id)
    const field: BlockField | null = verdict?.fate === 'field' ? verdict.field : null
    if (verdict?.fate === 'removed')
      entries.push({ start, end, id, fate: 'removed', field: null, story: null, reason: verdict.reason })
    else if (story !== null) entries.push({ start, end, id, fate: 'story', field, story, reason: null })
    else entries.push({ start, end, id, fate: field === null ? 'body' : 'field', field, story: null, reason: null })
    at = end
  }
  space(at, page.source.length)
  return entries
}
