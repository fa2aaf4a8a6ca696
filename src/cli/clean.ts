import { constants } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { OnestoryError } from '../errors.ts'
import { INCLUDES, type CleanOptions, type Include } from '../options.ts'
import { decodeBytes, findCharset, type Decoded } from '../read/decode.ts'
import { tidy } from '../read/tidy.ts'
import type { CleanResult } from '../types.ts'
import { EXIT, EXIT_OF_ERROR, InputError, UsageError } from './failures.ts'
import { complain, describeSystemError, print } from './output.ts'

const FORMS = ['json', 'markdown', 'explain'] as const
const STDIN = '-'
/** Tags and all, these would pass for text. */
const HTML_NAME = /\.x?html?$/i

interface Job {
  readonly files: readonly string[]
  readonly form: (typeof FORMS)[number] | 'text'
  readonly options: CleanOptions
  readonly charset: string | undefined
}

/** `onestory clean`: one input after the other, each answered as soon as it is done. Resolves to the exit code. */
export async function clean(args: readonly string[]): Promise<number> {
  const job = readArguments(args)
  const engine = await loadEngine()
  const hasHeaders = job.files.length > 1 && job.form !== 'json'
  let worst: number = EXIT.ok
  let separator = ''
  for (const file of job.files) {
    const { exitCode, output } = await answer(file, job, engine)
    if (output !== null) {
      if (hasHeaders) await print(`${separator}==> ${tidy(nameOf(file))} <==\n`)
      separator = '\n'
      await print(output)
    }
    worst = Math.max(worst, exitCode)
  }
  return worst
}

/** After the arguments are known to be right: a wrong one is told at once. */
async function loadEngine() {
  const [{ cleanText }, { renderMarkdown }, { renderExplain }] = await Promise.all([
    import('../clean.ts'),
    import('../render/markdown.ts'),
    import('../render/explain.ts'),
  ])
  return { cleanText, renderMarkdown, renderExplain }
}
type Engine = Awaited<ReturnType<typeof loadEngine>>

/** @throws {UsageError} */
function readArguments(args: readonly string[]): Job {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
      url: { type: 'string' },
      title: { type: 'string' },
      lang: { type: 'string' },
      charset: { type: 'string' },
      include: { type: 'string', multiple: true, default: [] },
    },
  })
  const forms = FORMS.filter((form) => values[form])
  if (forms.length > 1) throw new UsageError(`--${forms.join(' and --')} exclude each other`)
  const form = forms[0] ?? 'text'
  const include = values.include.flatMap((list) => list.split(',')).map(readInclude)
  if (include.length > 0 && form !== 'json') throw new UsageError('--include goes with --json')
  const { url, title, lang, charset } = values
  if (charset !== undefined && findCharset(charset) === null) {
    throw new UsageError(`there is no charset of the name "${charset}"`)
  }
  const files = positionals.length === 0 ? [STDIN] : positionals
  if (files.filter((file) => file === STDIN).length > 1) throw new UsageError('standard input can be read once')
  return {
    files,
    form,
    charset,
    options: {
      ...(url === undefined ? {} : { url }),
      ...(title === undefined ? {} : { title }),
      ...(lang === undefined ? {} : { lang }),
      include: form === 'explain' ? ['ledger'] : include,
    },
  }
}

function readInclude(name: string): Include {
  const known = INCLUDES.find((value) => value === name.trim())
  if (known === undefined) throw new UsageError(`--include takes ${INCLUDES.join(', ')}`)
  return known
}

interface Answer {
  readonly exitCode: number
  /** Null when the input could not be read. */
  readonly output: string | null
}

/** Whatever is wrong with one input stays with that input. */
async function answer(file: string, job: Job, engine: Engine): Promise<Answer> {
  try {
    const { text, warnings } = await read(file, job.charset)
    const cleaned = engine.cleanText(text, job.options)
    const result = { ...cleaned, warnings: [...warnings, ...cleaned.warnings] }
    if (job.form !== 'json') for (const { detail } of result.warnings) complain(`${nameOf(file)}: warning: ${detail}`)
    const exitCode = result.textContent === '' ? EXIT.nothingFound : EXIT.ok
    return { exitCode, output: render(result, text, file, job, engine) }
  } catch (error) {
    complain(`${nameOf(file)}: ${describeFailure(error)}`)
    return { exitCode: error instanceof OnestoryError ? EXIT_OF_ERROR[error.code] : EXIT.unreadable, output: null }
  }
}

function describeFailure(error: unknown): string {
  if (error instanceof OnestoryError || error instanceof InputError) return error.message
  return `a fault of onestory itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

/** @throws {InputError | OnestoryError} */
async function read(file: string, charset: string | undefined): Promise<Decoded> {
  if (HTML_NAME.test(file)) throw new InputError('HTML cannot be read yet; give the text of the page')
  const bytes = await readBytes(file)
  if (bytes.length > constants.MAX_STRING_LENGTH) throw new OnestoryError('INPUT_TOO_LARGE')
  return decodeBytes(bytes, charset)
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    if (file !== STDIN) return await readFile(file)
    if (process.stdin.isTTY) complain('reading standard input; end it with Ctrl-D')
    return await buffer(process.stdin)
  } catch (error) {
    throw new InputError(describeSystemError(error), { cause: error })
  }
}

function render(result: CleanResult, text: string, file: string, job: Job, engine: Engine): string {
  switch (job.form) {
    case 'text':
      return result.textContent === '' ? '' : `${result.textContent}\n`
    case 'json':
      return job.files.length === 1 ? `${toJson(result, 2)}\n` : `${toJson({ file, ...result })}\n`
    case 'markdown':
      return engine.renderMarkdown(result)
    case 'explain':
      return engine.renderExplain(text, result.ledger ?? [], {
        color: wantsColor(),
        width: process.stdout.columns || null,
      })
  }
}

/** C1 controls, which some terminals obey, and controls of direction; JSON.stringify escapes C0 alone. */
const UNSAFE = /[\x7F-\x9F\u2028-\u202E\u2066-\u2069]/g

function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    UNSAFE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** @see https://no-color.org and https://force-color.org */
function wantsColor(): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '' } = process.env
  if (NO_COLOR !== '') return false
  return (FORCE_COLOR !== '' && FORCE_COLOR !== '0') || (process.stdout.isTTY && process.stdout.hasColors())
}

function nameOf(file: string): string {
  return file === STDIN ? 'standard input' : file
}
