import { comparisonKey } from '../../features/key.ts'
import type { Page } from '../../features/measured.ts'

/** Letters of a name that must stand in a row in the address to name the site. */
const MIN_HOST_LETTERS = 4

/** Tells names of the site: as the page states it, or as the address has it. */
export function siteTest(page: Page, names: readonly string[]): (text: string) => boolean {
  const letters = (text: string): string => comparisonKey(text).replace(/[^\p{L}\p{N}]+/gu, '')
  const known = new Set(names.map(letters))
  const host = letters(hostOf(page.url ?? page.declared?.canonical ?? null))
  return (text) => {
    const own = letters(text)
    return own !== '' && (known.has(own) || (own.length >= MIN_HOST_LETTERS && host.includes(own)))
  }
}

function hostOf(url: string | null): string {
  return /^https?:\/\/([^/?#\s]{1,255})/i.exec(url?.slice(0, 300) ?? '')?.[1] ?? ''
}
