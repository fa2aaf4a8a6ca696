import { dirname, resolve } from 'node:path'
import { READABILITY, type CleanOptions } from '../options.ts'
import { InputError } from './failures.ts'
import { readSource, STDIN, type Source } from './input.ts'
import type { TextLine } from './lines.ts'

/** A line of a file of cases. */
export interface Case {
  readonly id: string
  /** Text, HTML, or a file beside the file of cases. */
  readonly text: string | null
  readonly html: string | null
  readonly file: string | null
  readonly options: CleanOptions
  readonly mustContain: readonly string[]
  readonly mustNotContain: readonly string[]
}

/** How a case is called that has no name. */
export function nameOfLine({ number }: TextLine): string {
  return `line ${number}`
}

/** @throws {InputError} that says what is wrong with the line */
export function readCase(line: TextLine): Case {
  if (line.isTooLong) throw new InputError('the line is too long')
  const given = parseObject(line.text)
  const { text = null, html = null, file = null } = readStrings(given, ['text', 'html', 'file'])
  const { id, url, title, lang, readability } = readStrings(given, ['id', 'url', 'title', 'lang', 'readability'])
  if ([text, html, file].filter((value) => value !== null).length !== 1)
    throw new InputError('needs one of "text", "html" and "file"')
  const mode = READABILITY.find((value) => value === readability)
  if (readability !== undefined && mode === undefined)
    throw new InputError(`"readability" takes ${READABILITY.join(', ')}`)
  const [mustContain, mustNotContain] = [readSnippets(given, 'mustContain'), readSnippets(given, 'mustNotContain')]
  if (mustContain.length + mustNotContain.length === 0)
    throw new InputError('has nothing in "mustContain" or "mustNotContain"')
  return {
    id: id ?? nameOfLine(line),
    text,
    html,
    file,
    options: {
      ...(url === undefined ? {} : { url }),
      ...(title === undefined ? {} : { title }),
      ...(lang === undefined ? {} : { lang }),
      ...(mode === undefined ? {} : { readability: mode }),
    },
    mustContain,
    mustNotContain,
  }
}

function parseObject(text: string): ReadonlyMap<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new InputError('is no JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InputError('is no JSON object')
  return new Map(Object.entries(value))
}

/** Null counts as absent, and a number as its digits. */
function readStrings<Name extends string>(
  given: ReadonlyMap<string, unknown>,
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const found: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = given.get(name) ?? null
    if (typeof value === 'number') found[name] = String(value)
    else if (typeof value === 'string') found[name] = value
    else if (value !== null) throw new InputError(`"${name}" is no text`)
  }
  return found
}

function readSnippets(given: ReadonlyMap<string, unknown>, name: string): readonly string[] {
  const value = given.get(name) ?? []
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.map((snippet) => {
    if (typeof snippet !== 'string' || snippet.trim() === '')
      throw new InputError(`"${name}" takes a list of texts that are not empty`)
    return snippet
  })
}

/**
 * The document of a case.
 * @param cases the file that the case stands in; names of files count from its folder
 * @throws {InputError | OnestoryError}
 */
export function readDocument({ text, html, file }: Case, cases: string): Promise<Source> {
  if (html !== null) return Promise.resolve({ kind: 'html', text: html, warnings: [] })
  if (file === null) return Promise.resolve({ kind: 'text', text: text ?? '', warnings: [] })
  const folder = cases === STDIN ? '.' : dirname(cases)
  return readSource(resolve(folder, file), { charset: undefined, kind: undefined })
}
