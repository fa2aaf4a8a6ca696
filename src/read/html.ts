import { Tokenizer } from 'htmlparser2'
import { IN_FALLBACK } from '../markup.ts'
import type { Block, Warning } from '../types.ts'
import type { Declared } from './html/declared.ts'
import type { HtmlLimits } from './html/limits.ts'
import { HtmlReader } from './html/reader.ts'
import { MAX_BLOCKS, MAX_LINE } from './text.ts'

export interface HtmlReadResult {
  readonly blocks: readonly Block[]
  readonly warnings: readonly Warning[]
  readonly declared: Declared
  readonly limits: HtmlLimits
}

/**
 * Reads HTML into blocks, as a browser would show it line by line: from the events of a tokenizer, in one pass, without a DOM.
 * Linear in the input, with at most {@link MAX_BLOCKS} blocks and a few more; nesting costs nothing.
 */
export function readHtml(source: string): HtmlReadResult {
  const reader = new HtmlReader(source)
  const tokenizer = new Tokenizer({}, reader)
  tokenizer.write(source)
  tokenizer.end()
  const blocks = withoutFallback(reader.blocks.blocks)
  const warnings: Warning[] = []
  if (reader.blocks.isFull)
    warnings.push({ code: 'many-blocks', detail: `text after ${MAX_BLOCKS} lines was kept unexamined` })
  if (blocks.some(({ text }) => text.length > MAX_LINE))
    warnings.push({ code: 'long-line', detail: `lines over ${MAX_LINE} code units were kept unexamined` })
  const { dropped } = reader.blocks
  if (dropped > 0) warnings.push({ code: 'malformed-text', detail: `${dropped} control or broken characters left out` })
  return { blocks, warnings, declared: reader.declarations.result, limits: reader.limits.result }
}

/** What stands in for a program that did not run counts when the page has little else. */
function withoutFallback(blocks: readonly Block[]): readonly Block[] {
  let shown = 0
  let fallback = 0
  for (const { text, markup } of blocks) {
    if (((markup?.flags ?? 0) & IN_FALLBACK) === 0) shown += text.length
    else fallback += text.length
  }
  if (fallback === 0 || fallback > shown) return blocks
  return blocks
    .filter(({ markup }) => ((markup?.flags ?? 0) & IN_FALLBACK) === 0)
    .map((block, id) => (block.id === id ? block : { ...block, id }))
}
