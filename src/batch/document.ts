import { Type, type TSchema, type TUnsafe } from 'typebox'
import { INCLUDES, READABILITY, type CleanOptions, type Include, type ReadabilityMode } from '../options.ts'
import { Problem, type ProblemDetail } from '../problems.ts'
import type { CleanInput } from '../worker/cleaner.ts'

/** One document as JSON has it: the body of a request, or a line of a batch without its `id`. Null counts as absent. */
export interface DocumentBody {
  readonly text?: string | null
  readonly html?: string | null
  readonly url?: string | null
  readonly title?: string | null
  readonly lang?: string | null
  readonly include?: readonly Include[] | null
  readonly readability?: ReadabilityMode | null
}

// Two kinds in one `type` instead of a union: the validator then says what is wrong, and the serializer needs none.
export const nullable = (schema: TSchema & { type?: string }): TSchema =>
  Type.Unsafe({ ...schema, type: [schema.type ?? 'string', 'null'] })
export const nullableEnum = (values: readonly string[]): TSchema =>
  Type.Unsafe({ type: ['string', 'null'], enum: [...values, null] })

/** What the caller knows of the page. */
export const HINTS: Readonly<Record<'url' | 'title' | 'lang', TSchema>> = {
  url: Type.String({ maxLength: 8192, description: 'Where the page came from; never fetched' }),
  title: Type.String({ maxLength: 4096, description: 'The title as the caller knows it' }),
  lang: Type.String({ maxLength: 64, description: 'BCP 47 tag of the language' }),
}

export const DOCUMENT_FIELDS: Readonly<Record<keyof DocumentBody, TSchema>> = {
  text: Type.Optional(nullable(Type.String({ description: 'Raw scraped text; this or html' }))),
  html: Type.Optional(nullable(Type.String({ description: 'HTML of the page; this or text' }))),
  url: Type.Optional(nullable(HINTS.url)),
  title: Type.Optional(nullable(HINTS.title)),
  lang: Type.Optional(nullable(HINTS.lang)),
  include: Type.Optional(nullable(Type.Array(Type.Enum([...INCLUDES]), { maxItems: 16 }))),
  readability: Type.Optional(nullableEnum(READABILITY)),
}

export const DOCUMENT: TUnsafe<DocumentBody> = Type.Unsafe<DocumentBody>(
  Type.Object(DOCUMENT_FIELDS, { additionalProperties: false }),
)

/**
 * The document with its options as a cleaner takes it. Where document and defaults have an option, the document goes first.
 * @throws {Problem} input-missing, input-ambiguous
 */
export function toCleanInput(body: DocumentBody, defaults: CleanOptions = {}): CleanInput {
  const text = body.text ?? null
  const html = body.html ?? null
  if (text !== null && html !== null) {
    throw new Problem('input-ambiguous', 'Send one of "text" and "html", not both.')
  }
  const options = joinOptions(defaults, body)
  if (text !== null) return { text, ...options }
  if (html !== null) return { html, ...options }
  throw new Problem('input-missing', 'Send the text as {"text": …}, or a page as {"html": …}.')
}

function joinOptions(defaults: CleanOptions, body: DocumentBody): CleanOptions {
  const url = body.url ?? defaults.url
  const title = body.title ?? defaults.title
  const lang = body.lang ?? defaults.lang
  const include = body.include ?? defaults.include
  const readability = body.readability ?? defaults.readability
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(lang === undefined ? {} : { lang }),
    ...(include === undefined ? {} : { include }),
    ...(readability === undefined ? {} : { readability }),
  }
}

/** What JSON Schema validators say of one mistake. */
export interface SchemaMistake {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string | undefined
}

/** Longest name of a caller's member that a problem repeats, code units. */
const MAX_NAME = 100

/** Words a mistake for the caller, with a pointer to it and without the value. */
export function describeMistake({ keyword, instancePath, params, message }: SchemaMistake): readonly ProblemDetail[] {
  switch (keyword) {
    case 'additionalProperties': {
      const names = [params['additionalProperty'] ?? params['additionalProperties']].flat().map(String)
      return names.map((name) => ({ pointer: `${instancePath}/${escapePointer(name)}`, detail: 'is not a known name' }))
    }
    case 'boolean': // said by additionalProperties too
      return []
    case 'enum': {
      const values = (params['allowedValues'] as readonly (string | null)[]).filter((value) => value !== null)
      return [{ pointer: instancePath, detail: `must be one of ${values.join(', ')}` }]
    }
    case 'type':
      return [{ pointer: instancePath, detail: `must be ${[params['type']].flat().join(' or ')}` }]
    default:
      return [{ pointer: instancePath, detail: message ?? 'is invalid' }]
  }
}

function escapePointer(name: string): string {
  return name.slice(0, MAX_NAME).replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The mistakes in one sentence each. */
export function tellMistakes(whole: string, errors: readonly ProblemDetail[]): string {
  return errors.map(({ pointer, detail }) => `${pointer === '' ? whole : pointer} ${detail}.`).join(' ')
}
