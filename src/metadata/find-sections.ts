import { isHome, isSectionName } from '../features/section-name.ts'
import { cueKey } from '../features/key.ts'
import type { Measured } from '../features/measured.ts'
import { isMenuLine } from '../features/parts.ts'
import { remove, toField, type Pass } from '../passes/pass.ts'
import { findZones } from '../passes/zones.ts'
import { MENU_MARK } from './head.ts'

/** Steps of a breadcrumb: "Home > World > Asia". */
const CRUMB = /\s?[>›»→/]\s?/u
const MIN_CRUMBS = 2
const MAX_CRUMBS = 7
const MAX_CRUMB_WORDS = 4

/** The section a story stands in, as a label or the last step of a breadcrumb above its first paragraph. */
export const findSections: Pass = {
  name: 'find-sections',
  reasons: ['chrome'],
  find: (view) => {
    const { firstProse } = findZones(view)
    if (firstProse === null) return []
    const { verse } = view.page
    const head = view.blocks.filter((block) => block.id < firstProse && !verse.has(block.id))
    const labels = head.flatMap((block) => {
      const section = readSection(block)
      return section === null ? [] : [{ block, section }]
    })
    const chosen = labels.find(({ block }) => !isOfMenu(block))
    return labels.map(({ block, section }) =>
      block === chosen?.block
        ? toField(block, 'section', 'a section label', section)
        : remove(block, 'chrome', 'another section label'),
    )
  },
}

function isOfMenu({ markup, text, phrase }: Measured): boolean {
  if (isHome(phrase)) return true
  return markup === null ? MENU_MARK.test(text) : isMenuLine(markup)
}

function readSection(block: Measured): string | null {
  if (isSectionName(block.phrase)) return block.bare
  const crumbs = block.bare.split(CRUMB).filter((crumb) => crumb !== '')
  if (
    crumbs.length < MIN_CRUMBS ||
    crumbs.length > MAX_CRUMBS ||
    crumbs.some((crumb) => crumb.split(/\s+/u).length > MAX_CRUMB_WORDS)
  )
    return null
  const known = crumbs.filter((crumb) => isSectionName(cueKey(crumb.toLowerCase())) || isHome(crumb.toLowerCase()))
  return known.length === 0 ? null : (known.findLast((crumb) => !isHome(crumb.toLowerCase())) ?? null)
}
