import { Compile } from 'typebox/compile'
import { Type, type TSchema } from 'typebox'
import type { CleanOptions } from '../options.ts'
import { Problem } from '../problems.ts'
import { decodeBytes } from '../read/decode.ts'
import type { Warning } from '../types.ts'
import type { CleanInput } from '../worker/cleaner.ts'
import { DOCUMENT_FIELDS, describeMistake, tellMistakes, toCleanInput, type DocumentBody } from './document.ts'
import { parseDocument } from './json.ts'
import type { Line } from './lines.ts'

/** Longest `id` that is handed back, code units. */
const MAX_ID = 1024

/** One line of a batch: a document and a name for it. */
export const DOCUMENT_LINE: TSchema = Type.Object(
  {
    id: Type.Optional(
      Type.Unsafe({
        type: ['string', 'number', 'null'],
        maxLength: MAX_ID,
        description: 'Handed back with the answer',
      }),
    ),
    ...DOCUMENT_FIELDS,
  },
  { additionalProperties: false },
)
const VALIDATOR = Compile(DOCUMENT_LINE)

/** What a line says. */
export interface DocumentLine {
  readonly id: string | number | null
  /** The document; a problem when there is none. */
  readonly input: CleanInput | Problem
  readonly warnings: readonly Warning[]
}

/**
 * Reads one line. When its `id` can be read, it is there even if nothing else is right.
 * @throws {Problem} body-too-large, json-malformed
 */
export function readLine(
  line: Line,
  { lineLimit, defaults }: { lineLimit: number; defaults?: CleanOptions },
): DocumentLine {
  if (line.bytes === null) {
    throw new Problem('body-too-large', `The line has ${line.size} bytes; the limit is ${lineLimit}.`)
  }
  const { text, warnings } = decodeBytes(line.bytes, 'utf-8')
  const value = parseDocument(text)
  const id = readId(value)
  return { id, warnings, input: readInput(value, defaults) }
}

function readInput(value: unknown, defaults: CleanOptions | undefined): CleanInput | Problem {
  if (!VALIDATOR.Check(value)) {
    const errors = VALIDATOR.Errors(value).flatMap(describeMistake)
    return new Problem('body-invalid', tellMistakes('The line', errors), { errors })
  }
  try {
    return toCleanInput(value as DocumentBody, defaults)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

function readId(value: unknown): DocumentLine['id'] {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null
  const { id } = value
  if (typeof id === 'string') return id.length > MAX_ID ? null : id
  return typeof id === 'number' ? id : null
}
