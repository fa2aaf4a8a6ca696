import type { CleanResult } from '../src/types.ts'
import type { Options, Source } from './source.ts'

/** Longest wait for an answer, longer than the service works for one by default: it is to say so itself, milliseconds. */
const TIMEOUT_MS = 75_000
/** The wait when the service asks for one and does not say how long, seconds. */
const DEFAULT_PAUSE_S = 2
const MAX_PAUSE_S = 60

/** Why there is no answer. */
export interface Failure {
  readonly kind: 'too-large' | 'locked' | 'busy' | 'refused' | 'broken' | 'timeout' | 'offline' | 'unreachable'
  /** Of the service, for people; null when it did not answer. */
  readonly detail: string | null
  /** Id of the request in the log of the service. */
  readonly id: string | null
  /** Seconds after which it is worth trying again; null when it is not. */
  readonly pause: number | null
}

export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

/** For services that ask for one; kept as long as the page is open, and nowhere else. */
let token: string | null = null

/** Sends a token with every request from here on. */
export function useToken(given: string): void {
  token = given
}

/** True when requests carry a token. */
export function hasToken(): boolean {
  return token !== null
}

type Member = string | readonly string[]

/** The body of `POST /clean`: the same for the page and for the command that it hands out. */
export function buildRequest(
  source: Source,
  options: Options,
  include: readonly string[],
): Readonly<Record<string, Member>> {
  const { url, title, lang, readability } = options
  return {
    [source.isHtml ? 'html' : 'text']: source.text,
    ...(url.trim() === '' ? {} : { url: url.trim() }),
    ...(title.trim() === '' ? {} : { title: title.trim() }),
    ...(lang.trim() === '' ? {} : { lang: lang.trim() }),
    ...(source.isHtml && readability !== 'auto' ? { readability } : {}),
    ...(include.length === 0 ? {} : { include }),
  }
}

/**
 * Cleans.
 * @throws {ServiceError}, or an AbortError when `signal` says so
 */
export async function clean(source: Source, options: Options, signal: AbortSignal): Promise<CleanResult> {
  const response = await post(buildRequest(source, options, ['ledger', 'content']), 'application/json', signal)
  return (await guard(signal, () => response.json())) as CleanResult
}

/** The answer as Markdown. */
export async function cleanToMarkdown(source: Source, options: Options): Promise<string> {
  const signal = new AbortController().signal
  const response = await post(buildRequest(source, options, []), 'text/markdown', signal)
  return guard(signal, () => response.text())
}

/** One of the five pages that come with the service. */
export async function readSeed(seed: number): Promise<string> {
  const signal = new AbortController().signal
  const response = await request(new URL(`./seed-${seed}.txt`, import.meta.url), {}, signal)
  return guard(signal, () => response.text())
}

function post(body: unknown, accept: string, signal: AbortSignal): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    accept,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
  return request(new URL('/clean', location.href), { method: 'POST', headers, body: JSON.stringify(body) }, signal)
}

async function request(url: URL, init: RequestInit, signal: AbortSignal): Promise<Response> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const response = await guard(signal, () => fetch(url, { ...init, signal: bounded }))
  if (response.ok) return response
  throw new ServiceError(await readFailure(response))
}

/** Gives what cannot be fetched its reason; aborts of the caller pass. */
async function guard<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ServiceError) throw error
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError'
    const kind = isTimeout ? 'timeout' : navigator.onLine ? 'unreachable' : 'offline'
    throw new ServiceError({ kind, detail: null, id: null, pause: null })
  }
}

async function readFailure(response: Response): Promise<Failure> {
  const problem: unknown = await response.json().catch(() => null) // a proxy answers in its own words
  const { detail = null, instance = null, code = '' } = (problem ?? {}) as Readonly<Record<string, string | undefined>>
  const kind = KINDS[response.status] ?? (response.status >= 500 ? 'broken' : 'refused')
  if (code === 'deadline-exceeded') return { kind: 'timeout', detail, id: instance, pause: null }
  return { kind, detail, id: instance, pause: kind === 'busy' ? readPause(response.headers.get('retry-after')) : null }
}

const KINDS: Readonly<Record<number, Failure['kind']>> = {
  401: 'locked',
  403: 'locked',
  413: 'too-large',
  429: 'busy',
  503: 'busy',
}

/** `Retry-After`: seconds or a date. */
function readPause(header: string | null): number {
  if (header === null) return DEFAULT_PAUSE_S
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isNaN(seconds) ? DEFAULT_PAUSE_S : Math.min(Math.max(Math.ceil(seconds), 1), MAX_PAUSE_S)
}
