import { Type, type TUnsafe } from 'typebox'
import { INCLUDES, READABILITY, type ReadabilityMode } from '../options.ts'
import { BLOCK_FIELDS, REASONS, WARNING_CODES, type CleanResult } from '../types.ts'
import { HINTS, nullable, nullableEnum } from '../batch/document.ts'
import { PROBLEMS, PROBLEM_TYPE, type ProblemBody } from '../problems.ts'

// Each schema is given the type it stands for, by `Unsafe`: the types are written once, in types.ts, and a test holds
// real answers against the schemas.

/** Query of `POST /clean`. */
export interface CleanQuery {
  readonly url?: string
  readonly title?: string
  readonly lang?: string
  /** Comma-separated, or given more than once. */
  readonly include?: string | readonly string[]
  readonly readability?: ReadabilityMode
  readonly charset?: string
}

const closed = { additionalProperties: false }
const text = Type.String()
const offset = Type.Integer({ minimum: 0 })

const QUERY_FIELDS = {
  url: Type.Optional(HINTS.url),
  title: Type.Optional(HINTS.title),
  lang: Type.Optional(HINTS.lang),
  include: Type.Optional(
    Type.Unsafe({ type: ['string', 'array'], items: text, description: `Of ${INCLUDES.join(', ')}; with commas` }),
  ),
  readability: Type.Optional(Type.Enum([...READABILITY])),
}

export const CLEAN_QUERY: TUnsafe<CleanQuery> = Type.Unsafe<CleanQuery>(
  Type.Object(
    { ...QUERY_FIELDS, charset: Type.Optional(Type.String({ maxLength: 64, description: 'Charset of the body' })) },
    closed,
  ),
)

/** Query of `POST /clean/batch`: options for lines that do not say otherwise. */
export const BATCH_QUERY: TUnsafe<Omit<CleanQuery, 'charset'>> = Type.Unsafe<Omit<CleanQuery, 'charset'>>(
  Type.Object(QUERY_FIELDS, closed),
)

const STORY_FIELDS = {
  title: nullable(text),
  byline: nullable(text),
  dir: nullableEnum(['ltr', 'rtl']),
  lang: nullable(text),
  siteName: nullable(text),
  excerpt: nullable(text),
  publishedTime: nullable(text),
  publishedTimeRaw: nullable(text),
  textContent: text,
  length: offset,
  content: nullable(text),
  subtitle: nullable(text),
  section: nullable(text),
  agency: nullable(text),
  captions: Type.Array(text),
  notes: Type.Array(text),
}

const REMOVAL = Type.Object(
  {
    id: offset,
    start: offset,
    end: offset,
    reason: Type.Enum([...REASONS]),
    rule: text,
    evidence: text,
    duplicateOf: nullable(Type.Integer()),
    text,
  },
  closed,
)

const LEDGER_ENTRY = Type.Object(
  {
    start: offset,
    end: offset,
    id: nullable(Type.Integer()),
    fate: Type.Enum(['body', 'field', 'story', 'removed', 'space', 'markup']),
    field: nullableEnum(BLOCK_FIELDS),
    story: nullable(Type.Integer()),
    reason: nullableEnum(REASONS),
  },
  closed,
)

/** The JSON answer of `POST /clean`: every member is always there. */
export const CLEAN_RESULT: TUnsafe<CleanResult> = Type.Unsafe<CleanResult>(
  Type.Object(
    {
      ...STORY_FIELDS,
      otherStories: Type.Array(Type.Object({ ...STORY_FIELDS, start: offset, end: offset }, closed)),
      removed: Type.Array(REMOVAL),
      ledger: nullable(Type.Array(LEDGER_ENTRY)),
      confidence: Type.Number({ minimum: 0, maximum: 1 }),
      warnings: Type.Array(Type.Object({ code: Type.Enum([...WARNING_CODES]), detail: text }, closed)),
      fingerprint: nullable(text),
      engine: Type.Object(
        {
          name: Type.Literal('onestory'),
          version: text,
          ruleset: text,
          path: Type.Enum(['text', 'html', 'html+readability']),
        },
        closed,
      ),
    },
    closed,
  ),
)

export const PROBLEM_BODY: TUnsafe<ProblemBody> = Type.Unsafe<ProblemBody>(
  Type.Object(
    {
      type: text,
      title: text,
      status: Type.Integer(),
      detail: text,
      instance: Type.Optional(text),
      code: Type.Enum(Object.keys(PROBLEMS)),
      errors: Type.Optional(Type.Array(Type.Object({ pointer: text, detail: text }, closed))),
    },
    closed,
  ),
)

/** Under this name the schema of problems stands once, and everything points to it. */
export const PROBLEM_ID = 'Problem'

interface ProblemResponse {
  readonly description: string
  readonly content: Readonly<Record<typeof PROBLEM_TYPE, { readonly schema: { readonly $ref: string } }>>
}

/** Response schemas for every status that a problem has: any route can meet any of them. */
export const PROBLEM_RESPONSES: Readonly<Record<string, ProblemResponse>> = Object.fromEntries(
  Object.values(PROBLEMS).map(({ status }) => [
    String(status),
    { description: codesOf(status), content: { [PROBLEM_TYPE]: { schema: { $ref: `${PROBLEM_ID}#` } } } },
  ]),
)

function codesOf(status: number): string {
  const entries = Object.entries(PROBLEMS).filter(([, problem]) => problem.status === status)
  return `Problem: ${entries.map(([code]) => code).join(', ')}`
}
