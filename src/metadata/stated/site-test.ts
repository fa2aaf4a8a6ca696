import { comparisonKey } from '../../features/key.ts'
import type { Page } from '../../features/measured.ts'

/** Letters of a name that must stand in a row in the address to name the site. */
const MIN_HOST_LETTERS = 4

/** True for a name of the site. The comparison key is made where the caller has none. */
export type IsSite = (text: string, key?: string) => boolean

/** Tells names of the site: as the page states it, or as the address has it. */
export function siteTest(page: Page, names: readonly string[]): IsSite {
  const known = new Set(names.map((name) => lettersOf(comparisonKey(name))))
  const host = lettersOf(comparisonKey(hostOf(page.url ?? page.declared?.canonical ?? null)))
  return (text, key = comparisonKey(text)) => {
    const own = lettersOf(key)
    return own !== '' && (known.has(own) || (own.length >= MIN_HOST_LETTERS && host.includes(own)))
  }
}

function lettersOf(key: string): string {
  return key.replace(/[^\p{L}\p{N}]+/gu, '')
}

function hostOf(url: string | null): string {
  return /^https?:\/\/([^/?#\s]{1,255})/i.exec(url?.slice(0, 300) ?? '')?.[1] ?? ''
}
