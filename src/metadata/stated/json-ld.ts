import type { Span } from '../../types.ts'

/** What the JSON-LD of a page says of its article; see schema.org. */
export interface LinkedData {
  readonly headlines: readonly string[]
  readonly authors: readonly string[]
  readonly published: string | null
  readonly modified: string | null
  readonly publisher: string | null
  readonly section: string | null
}

/** Objects that are looked at, over all scripts, and how deep they stand in lists and graphs. */
const MAX_OBJECTS = 2000
const MAX_DEPTH = 6
const MAX_AUTHORS = 12
/** Longer values are no name and no headline, code units. */
const MAX_VALUE = 400

/** Types that are the article, and those of a page that may hold its dates when no article is there. */
const ARTICLE = /(?:article|posting|report|review|recipe|analysis|opinion)$/i
const PAGE = /(?:page|guide|creativework|howto|videoobject|event)$/i

type Json = Readonly<Record<string, unknown>>

/** Reads all scripts; what is no JSON, or of no type that tells of an article, is passed over. */
export function readLinkedData(source: string, scripts: readonly Span[]): LinkedData | null {
  const objects = scripts
    .flatMap(({ start, end }) => listObjects(parse(source.slice(start, end))))
    .slice(0, MAX_OBJECTS)
  const article =
    objects.find((object) => isOfType(object, ARTICLE) && hasHeadline(object)) ??
    objects.find((object) => isOfType(object, ARTICLE)) ??
    objects.find((object) => isOfType(object, PAGE) && (object['datePublished'] ?? object['author']) !== undefined)
  if (article === undefined) return null
  const byId = new Map(objects.map((object) => [object['@id'], object]))
  const named = (value: unknown): readonly string[] => namesIn(value, byId)
  return {
    headlines: [article['headline'], article['name'], article['alternativeHeadline']].flatMap(asText),
    authors: [...new Set(named(article['author'] ?? article['creator']))].slice(0, MAX_AUTHORS),
    published: asText(article['datePublished'] ?? article['dateCreated'] ?? article['uploadDate'])[0] ?? null,
    modified: asText(article['dateModified'])[0] ?? null,
    publisher: named(article['publisher'])[0] ?? null,
    section: first(article['articleSection']),
  }
}

/** Some sites put the JSON into CDATA, a comment, or end it with a semicolon. */
const WRAPPING = /^\s*(?:\/\/\s?)?<!(?:\[CDATA\[|--)|(?:\/\/\s?)?(?:\]\]>|-->)\s*$|;\s*$/g
/** Line breaks in strings are no JSON, and frequent. */
const CONTROLS = /[\x00-\x1F]+/g

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(text.replace(WRAPPING, '').replace(CONTROLS, ' '))
    } catch {
      return null
    }
  }
}

/** Objects of lists, graphs and main entities, the outer ones first. */
function listObjects(value: unknown): readonly Json[] {
  const found: Json[] = []
  let level: unknown[] = [value]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.length < MAX_OBJECTS; depth++) {
    const next: unknown[] = []
    for (const item of level) {
      if (Array.isArray(item)) next.push(...(item as unknown[]).slice(0, MAX_OBJECTS))
      else if (isObject(item)) {
        found.push(item)
        next.push(item['@graph'], item['mainEntity'], item['mainEntityOfPage'], item['itemReviewed'])
      }
    }
    level = next.filter((item) => typeof item === 'object' && item !== null).slice(0, MAX_OBJECTS)
  }
  return found
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOfType(object: Json, pattern: RegExp): boolean {
  const type = object['@type']
  return (Array.isArray(type) ? (type as unknown[]).slice(0, 8) : [type]).some(
    (name) => typeof name === 'string' && name.length < 80 && pattern.test(name),
  )
}

function hasHeadline(object: Json): boolean {
  return asText(object['headline'] ?? object['name']).length > 0
}

function asText(value: unknown): readonly string[] {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_VALUE ? [value.trim()] : []
}

function first(value: unknown): string | null {
  return asText(Array.isArray(value) ? (value as unknown[])[0] : value)[0] ?? null
}

/** A name, an object with a name, one that refers to such, or a list of them. */
function namesIn(value: unknown, byId: ReadonlyMap<unknown, Json>): readonly string[] {
  const list = Array.isArray(value) ? (value as unknown[]).slice(0, MAX_AUTHORS) : [value]
  return list.flatMap((item): readonly string[] => {
    if (!isObject(item)) return asText(item)
    const name = item['name'] ?? byId.get(item['@id'])?.['name']
    return (Array.isArray(name) ? (name as unknown[]).slice(0, MAX_AUTHORS) : [name]).flatMap(asText)
  })
}
