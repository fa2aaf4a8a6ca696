import { INCLUDES, READABILITY, type CleanOptions, type Include, type ReadabilityMode } from '../options.ts'
import { findCharset } from '../read/decode.ts'
import { UsageError } from './failures.ts'
import type { InputOptions } from './input.ts'

/** Options of cleaning, as every command that cleans takes them. */
export const CLEAN_OPTIONS: Readonly<
  Record<'url' | 'title' | 'lang' | 'readability', { readonly type: 'string' }> & {
    readonly include: { readonly type: 'string'; readonly multiple: true }
  }
> = {
  url: { type: 'string' },
  title: { type: 'string' },
  lang: { type: 'string' },
  readability: { type: 'string' },
  include: { type: 'string', multiple: true },
}

/** How the bytes of files are read. */
export const INPUT_OPTIONS: Readonly<
  Record<'charset', { readonly type: 'string' }> & Record<'html' | 'text', { readonly type: 'boolean' }>
> = {
  charset: { type: 'string' },
  html: { type: 'boolean' },
  text: { type: 'boolean' },
}

type Given = Readonly<Partial<Record<'url' | 'title' | 'lang' | 'readability', string>>> & {
  readonly include?: readonly string[] | undefined
}

/** @throws {UsageError} */
export function readCleanOptions(given: Given): CleanOptions {
  const { url, title, lang, readability, include } = given
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(lang === undefined ? {} : { lang }),
    ...(readability === undefined ? {} : { readability: readReadability(readability) }),
    ...(include === undefined ? {} : { include: include.flatMap((list) => list.split(',')).map(readInclude) }),
  }
}

function readInclude(name: string): Include {
  const known = INCLUDES.find((value) => value === name.trim())
  if (known === undefined) throw new UsageError(`--include takes ${INCLUDES.join(', ')}`)
  return known
}

function readReadability(name: string): ReadabilityMode {
  const known = READABILITY.find((value) => value === name)
  if (known === undefined) throw new UsageError(`--readability takes ${READABILITY.join(', ')}`)
  return known
}

/** @throws {UsageError} */
export function readInputOptions(given: {
  readonly charset?: string | undefined
  readonly html?: boolean | undefined
  readonly text?: boolean | undefined
}): InputOptions {
  const { charset, html = false, text = false } = given
  if (html && text) throw new UsageError('--html and --text exclude each other')
  if (charset !== undefined && findCharset(charset) === null)
    throw new UsageError(`there is no charset of the name "${charset}"`)
  return { charset, kind: html ? 'html' : text ? 'text' : undefined }
}

/**
 * A whole number of an option; null when the option was not given.
 * @throws {UsageError}
 */
export function readCount(name: string, value: string | undefined, max: number): number | null {
  if (value === undefined) return null
  const count = /^\d{1,9}$/.test(value) ? Number(value) : 0
  if (count < 1 || count > max) throw new UsageError(`--${name} takes a number from 1 to ${max}`)
  return count
}
