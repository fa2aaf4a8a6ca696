import { readDateLine } from '../../features/dates.ts'
import { isHome } from '../../features/section-name.ts'
import type { Page } from '../../features/measured.ts'
import type { Declared } from '../../read/html/declared.ts'
import { decodeEntities } from '../../read/html/decode-entities.ts'
import { tidy } from '../../read/tidy.ts'
import { siteTest, type IsSite } from './site-test.ts'
import { readLinkedData, type LinkedData } from './json-ld.ts'

/**
 * What a page of HTML states about its article outside of the text, in order of precedence:
 *
 * | field  | sources, the first that has it |
 * |--------|--------------------------------|
 * | title  | JSON-LD headline, og:title, twitter:title, other meta titles, `<title>`; a headline of the page that agrees with one of them goes before all |
 * | byline | JSON-LD author, meta author and its kin, "Written by" of twitter cards, article:author; then the page's own |
 * | date   | article:published_time and its kin, JSON-LD datePublished, `<time itemprop=datePublished>`; then the page's own, the first `<time>`, the address; modified dates last |
 * | site   | og:site_name, application-name, JSON-LD publisher; then the page's own |
 */
export interface Stated {
  readonly titles: readonly string[]
  readonly authors: readonly string[]
  readonly published: StatedDate | null
  /** Where nothing says more. */
  readonly guessed: StatedDate | null
  readonly siteName: string | null
  readonly section: string | null
  readonly lang: string | null
  readonly dir: 'ltr' | 'rtl' | null
  /** Tells names of the site: as the page states it, or as the address has it. */
  readonly isSite: IsSite
}
export interface StatedDate {
  readonly iso: string
  readonly raw: string
}

const TITLES = ['og:title', 'twitter:title', 'headline', 'dc.title', 'dcterms.title', 'parsely-title', 'sailthru.title']
const AUTHORS = [
  'author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'citation_author',
  'article:author_name',
  'byl',
  'article:author',
  'og:article:author',
  'twitter:creator:name',
]
const PUBLISHED = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'og:pubdate',
  'datepublished',
  'article:published',
  'parsely-pub-date',
  'sailthru.date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date',
  'dc.date.created',
  'publish-date',
  'publish_date',
  'publishdate',
  'published-date',
  'published_date',
  'w-published-date',
  'publication_date',
  'publicationdate',
  'pubdate',
  'citation_publication_date',
  'citation_online_date',
  'cxenseparse:recs:publishtime',
  'date',
]
const MODIFIED = ['article:modified_time', 'og:updated_time', 'datemodified', 'last-modified', 'lastmod']
const SITES = ['og:site_name', 'application-name', 'apple-mobile-web-app-title']
const SECTIONS = ['article:section', 'og:article:section', 'parsely-section', 'articlesection']
/** Labels of a twitter card under which the author stands, in some languages. */
const WRITTEN_BY =
  /^(?:written by|author|geschrieben von|verfasst von|escrito por|écrit par|scritto da|geschreven door|autor)/i
const ADDRESS_DATE = /\/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:[/-]|$)/
const ISO = /^((?:19|20)\d{2})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(:\d{2})?(?:\.\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i
const COMPACT = /^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/

/** Reads what the page states; null for text. */
export function readStated(page: Page): Stated | null {
  return page.derive(build)
}

function build(page: Page): Stated | null {
  const { declared } = page
  if (declared === null) return null
  const data = readLinkedData(page.source, declared.scripts)
  const all = (names: readonly string[]): readonly string[] =>
    names
      .flatMap((name) => declared.metas.get(name) ?? [])
      .map(tidy)
      .filter((value) => value !== '')
  const date = (values: readonly (string | null)[]): StatedDate | null =>
    values.map((value) => (value === null ? null : readDate(value, page.lang))).find((found) => found !== null) ?? null
  const isSite = siteTest(page, [...all(SITES), ...(data?.publisher == null ? [] : [data.publisher])])
  const published = declared.times.find(({ isPublished }) => isPublished)?.datetime ?? null
  return {
    titles: [...new Set([...(data?.headlines ?? []).map(plain), ...all(TITLES), plain(declared.title)])].filter(
      (title) => title !== '',
    ),
    authors: readAuthors(data, declared, all, isSite),
    published: date([...all(PUBLISHED), data?.published ?? null, published]),
    guessed: date([
      ...declared.times.map(({ datetime }) => datetime),
      dateInAddress(page.url ?? declared.canonical),
      data?.modified ?? null,
      ...all(MODIFIED),
    ]),
    siteName: plain(all(SITES)[0] ?? data?.publisher ?? '') || null,
    section: readSection(plain(all(SECTIONS)[0] ?? data?.section ?? '')),
    isSite,
    dir: directionOf(declared.dir),
    lang: /^[a-z]{2,3}(?=[-_]|$)/i.exec(declared.lang?.trim() ?? '')?.[0].toLowerCase() ?? null,
  }
}

/** Longer ones are sentences, words. Both bounds were read off the 679 sections that html-dev and silver-dev give, 2026-11-26. */
const MAX_SECTION_WORDS = 8
/** So many names are a list of tags, of which the first one is the section. */
const MIN_SECTIONS = 3
const ARROWS = /^[\s<>«»‹›|/•·-]{1,8}|[\s<>«»‹›|/•·-]{1,8}$/gu
/** "Arts, Books, and Music" is one name. */
const JOINED = /^(?:[&y]|and|und|et|e)\s/iu

/** The section in what stands in its place: addresses, sentences and lists of tags do, too. Null for none. */
function readSection(stated: string): string | null {
  const whole = stated.replace(ARROWS, '')
  const names = whole.split(/\s?,\s?/u)
  const isList = names.length >= MIN_SECTIONS && !JOINED.test(names.at(-1) ?? '')
  const section = isList ? (names.find((name) => name !== '' && !isHome(name.toLowerCase())) ?? '') : whole
  return section === '' || section.includes('://') || section.split(' ').length > MAX_SECTION_WORDS ? null : section
}

/** As a reader would see it: entities that are left, white space, controls. */
function plain(value: string): string {
  return tidy(decodeEntities(value))
}

/** Names of nobody. */
const NOBODY =
  /^(?:admin|administrator|editor|author|user|guest|unknown|none|null|undefined|webmaster|root|wordpress)\d{0,3}$/i
const NO_NAME = /https?:|www\.|@|^\d{1,20}$|^#/i
const BY = /^(?:written\s|posted\s)?by:?\s/i

function readAuthors(
  data: LinkedData | null,
  declared: Declared,
  all: (names: readonly string[]) => readonly string[],
  isSite: IsSite,
): readonly string[] {
  const clean = (names: readonly string[]): readonly string[] => [
    ...new Set(
      names
        .map((name) => plain(name).replace(BY, '').trim())
        .filter((name) => name !== '' && !NOBODY.test(name) && !NO_NAME.test(name)),
    ),
  ]
  const card = [1, 2, 3, 4].flatMap((i) => {
    const label = declared.metas.get(`twitter:label${i}`)?.[0] ?? ''
    return WRITTEN_BY.test(label) ? (declared.metas.get(`twitter:data${i}`) ?? []).slice(0, 1) : []
  })
  const lists = [data?.authors ?? [], ...AUTHORS.map((name) => all([name])), card].map(clean)
  const people = lists.find((names) => names.some((name) => !isSite(name)))
  return people ?? lists.find((names) => names.length > 0) ?? []
}

function readDate(value: string, lang: string | null): StatedDate | null {
  const raw = tidy(value)
  const stamp = ISO.exec(raw)
  if (stamp !== null) {
    const [, year = '', month = '', day = '', hour, minute, second = '', zone = ''] = stamp
    if (!isDay(Number(year), Number(month), Number(day))) return null
    const clock = hour === undefined || minute === undefined ? '' : `T${hour}:${minute}${second}${zone.toUpperCase()}`
    return { iso: `${year}-${month}-${day}${clock}`, raw }
  }
  const compact = COMPACT.exec(raw)
  if (compact !== null) return { iso: `${compact[1] ?? ''}-${compact[2] ?? ''}-${compact[3] ?? ''}`, raw }
  const read = readDateLine(raw, lang)?.iso ?? readDateLine(raw.slice(0, 10), lang)?.iso
  return read == null || read === '' ? null : { iso: read, raw }
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function dateInAddress(url: string | null): string | null {
  const found = ADDRESS_DATE.exec(url?.slice(0, 500) ?? '')
  return found === null ? null : `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`
}

function directionOf(value: string | null): 'ltr' | 'rtl' | null {
  const dir = value?.trim().toLowerCase()
  return dir === 'ltr' || dir === 'rtl' ? dir : null
}
