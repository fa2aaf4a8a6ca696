import { wordSet } from '../lexicon/index.ts'
import { WordFilter } from './word-filter.ts'

const SECTIONS: ReadonlySet<string> = wordSet((l) => l.sections)
const FILTER = new WordFilter(SECTIONS)
/** The longest one, code units. */
const MAX_SECTION = Math.max(...[...SECTIONS].map((name) => name.length))

/** True for the name of a section of a site, in any language. @param phrase as `cueKey` gives it */
export function isSectionName(phrase: string): boolean {
  const { length } = phrase
  return length <= MAX_SECTION && FILTER.mayHave(phrase, 0, length) && SECTIONS.has(phrase)
}

/** First steps of breadcrumbs, in the languages of the word lists. */
const HOME: ReadonlySet<string> = new Set(
  'home,start,startseite,accueil,inicio,início,home page,homepage,главная,головна,strona główna,αρχική,αρχική σελίδα,首页,首頁,ホーム,トップ,홈,الرئيسية,ana sayfa,hem,forside,domů,beranda,trang chủ,ראשי'.split(
    ',',
  ),
)

/** True for the name of a site's first page, where a section might stand. @param name in lower case */
export function isHome(name: string): boolean {
  return HOME.has(name)
}
