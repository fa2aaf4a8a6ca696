import type { Page } from './features/measured.ts'
import type { Finding, Pass, View } from './passes/pass.ts'

/** A finding with the name of the pass it came from. */
export interface Ruling extends Finding {
  readonly rule: string
}
export type Rulings = ReadonlyMap<number, Ruling>

/**
 * Runs passes in order; each sees what the ones before it left. The only code that takes blocks out.
 * A pass that names a block which is gone, or a reason it did not declare, is a mistake of ours and throws with its name.
 * @param scope ids of the blocks the passes may see, all when not given
 */
export function runPasses(passes: readonly Pass[], page: Page, before: Rulings = new Map(), scope?: ReadonlySet<number>): Rulings {
  const rulings = new Map(before)
  for (const pass of passes) {
    const view: View = { page, blocks: page.blocks.filter((block) => !rulings.has(block.id) && scope?.has(block.id) !== false), found: rulings }
    for (const finding of pass.find(view)) {
      if (rulings.has(finding.block)) throw new Error(`pass ${pass.name}: block ${finding.block} is decided already`)
      const { verdict } = finding
      if (verdict.fate === 'removed' && !pass.reasons.includes(verdict.reason)) throw new Error(`pass ${pass.name}: undeclared reason ${verdict.reason}`)
      rulings.set(finding.block, { ...finding, rule: pass.name })
    }
  }
  return rulings
}
