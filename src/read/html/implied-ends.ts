import type { OpenElements } from './open-elements.ts'
import { BLOCK, CELL, SCOPE, tagOf, type Tag } from './tags.ts'

const P = tagOf('p').code
const LI = tagOf('li').code
const DD = tagOf('dd').code
const DT = tagOf('dt').code
const DIV = tagOf('div').code
const ADDRESS = tagOf('address').code
const BUTTON = tagOf('button').code
const TR = tagOf('tr').code
const TABLE = tagOf('table').code
const SECTIONS: ReadonlySet<number> = new Set(['tbody', 'thead', 'tfoot'].map((name) => tagOf(name).code))

/** Depth of the outermost element that ends where one begins, as its start tag implies; 0 when none does. */
export function findImpliedEnd(open: OpenElements, tag: Tag, closesP: boolean): number {
  const { code } = tag
  const paragraph = closesP ? open.find(P, SCOPE) : 0
  if (code === LI || code === DD || code === DT) return findItem(open, code) || paragraph
  if (tag.level > 0 && (open.tagAt(open.depth)?.level ?? 0) > 0) return paragraph || open.depth
  if ((tag.kind & CELL) !== 0) return findInTable(open, (depth) => (open.kindAt(depth) & CELL) !== 0)
  if (code === TR) return findInTable(open, (depth) => open.codeAt(depth) === TR)
  if (SECTIONS.has(code)) return findInTable(open, (depth) => SECTIONS.has(open.codeAt(depth)))
  if (code === BUTTON) return open.find(BUTTON, SCOPE)
  if (code === TABLE && paragraph === 0 && isBareTable(open)) return open.find(TABLE, 0)
  return paragraph
}

/** Depth of an open part of the innermost table; 0 when there is none. */
export function findPart(open: OpenElements, { code }: Tag): number {
  return findInTable(open, (depth) => open.codeAt(depth) === code)
}

function findItem(open: OpenElements, code: number): number {
  if (open.countOf(LI) + open.countOf(DD) + open.countOf(DT) === 0) return 0
  for (let depth = open.depth; depth > 0; depth--) {
    const at = open.codeAt(depth)
    if (at === code || (code !== LI && (at === DD || at === DT))) return depth
    const isSpecial = (open.kindAt(depth) & (BLOCK | SCOPE | CELL)) !== 0
    if (isSpecial && at !== DIV && at !== P && at !== ADDRESS) return 0
  }
  return 0
}

function findInTable(open: OpenElements, isWanted: (depth: number) => boolean): number {
  if (open.countOf(TABLE) === 0) return 0
  let found = 0
  for (let depth = open.depth; depth > 0 && open.codeAt(depth) !== TABLE; depth--) if (isWanted(depth)) found = depth
  return found
}

/** A table begins in a table outside of its cells. */
function isBareTable(open: OpenElements): boolean {
  const code = open.codeAt(open.depth)
  return code === TABLE || code === TR || SECTIONS.has(code)
}
