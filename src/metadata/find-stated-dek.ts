import { toField, type Pass } from '../passes/pass.ts'
import { findStatedDek as findDek } from './stated/stated-dek.ts'

/** The dek that a page of HTML states. Runs before find-dek, which tells a dek by its wording and finds none where this one did. */
export const findStatedDek: Pass = {
  name: 'find-stated-dek',
  reasons: [],
  find: ({ page, blocks }) => {
    const dek = findDek(page)
    if (dek === null || !blocks.includes(dek.block)) return []
    return [toField(dek.block, 'subtitle', dek.evidence, dek.block.bare)]
  },
}
