import type { Measured, Page } from './features/measured.ts'
import { heedScorer } from './passes/heed-scorer.ts'
import type { Finding, Pass, View } from './passes/pass.ts'

/** A finding with the name of the pass it came from. */
export interface Ruling extends Finding {
  readonly rule: string
}
/** Blocks `first` to `last`, both included. */
export interface Scope {
  readonly first: number
  readonly last: number
}
export type Rulings = ReadonlyMap<number, Ruling>

/**
 * Runs passes in order; each sees what the ones before it left. The only code that takes blocks out.
 * A pass that names a block which is gone, or a reason it did not declare, is a mistake of ours and throws with its name.
 * @param scope the stretch of blocks that the passes may see, the page when not given
 */
export function runPasses(passes: readonly Pass[], page: Page, before: Rulings = new Map(), scope?: Scope): Rulings {
  const rulings = new Map(before)
  const isDecided = new Uint8Array(page.blocks.length)
  for (const id of rulings.keys()) isDecided[id] = 1
  const isOpen = ({ id }: Measured): boolean => isDecided[id] === 0
  let blocks = (scope === undefined ? page.blocks : page.blocks.slice(scope.first, scope.last + 1)).filter(isOpen)
  let decided = rulings.size
  let derived = new Map<unknown, unknown>()
  for (const pass of passes) {
    // A pass that found nothing leaves the same list, and what was computed for it stays good.
    if (rulings.size > decided) {
      blocks = blocks.filter(isOpen)
      derived = new Map()
    }
    decided = rulings.size
    const view = viewOf(page, blocks, scope?.first ?? 0, rulings, derived)
    const findings = pass.find(view)
    for (const finding of pass.heedsScorer === undefined ? findings : heedScorer(findings, page, pass.heedsScorer)) {
      if (rulings.has(finding.block)) throw new Error(`pass ${pass.name}: block ${finding.block} is decided already`)
      const { verdict } = finding
      if (verdict.fate === 'removed' && !pass.reasons.includes(verdict.reason))
        throw new Error(`pass ${pass.name}: undeclared reason ${verdict.reason}`)
      rulings.set(finding.block, { ...finding, rule: pass.name })
      isDecided[finding.block] = 1
    }
  }
  return rulings
}

function viewOf(
  page: Page,
  blocks: readonly Measured[],
  first: number,
  found: Rulings,
  derived: Map<unknown, unknown>,
): View {
  const view: View = {
    page,
    blocks,
    first,
    found,
    derive: <T>(read: (view: View) => T): T => {
      if (!derived.has(read)) derived.set(read, read(view))
      return derived.get(read) as T
    },
  }
  return view
}
