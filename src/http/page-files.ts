import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly type: string
  readonly etag: string
  /** By content coding; `identity` is always there, the others when they are smaller. */
  readonly bodies: Readonly<Partial<Record<Coding, Buffer>> & { identity: Buffer }>
}

/** Preferred first. */
export const CODINGS = ['br', 'gzip', 'identity'] as const
export type Coding = (typeof CODINGS)[number]

export interface PageFiles {
  readonly index: PageFile
  /** Changes when any file does, so that each may be kept for ever under an address that has it. */
  readonly version: string
  readonly assets: ReadonlyMap<string, PageFile>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}
const INDEX = 'index.html'
/** Where the addresses of the files go in the page. */
const BASE_MARK = '{{base}}'
const PRELOADS_MARK = '{{preloads}}'

const isSource = import.meta.filename.endsWith('.ts')

/**
 * Reads the page with names as they are served. From a checkout the modules are TypeScript, and their types are stripped as Node
 * strips those of the service; `npm run build` did the same for the package and the image.
 */
export function readPageSources(): ReadonlyMap<string, string> {
  const web = new URL(isSource ? '../../web/' : '../web/', import.meta.url)
  const seeds = isSource ? new URL('../../seeds/', import.meta.url) : web
  const names = readdirSync(web).filter((name) => name !== 'build.ts' && name !== 'tsconfig.json')
  const sources = new Map<string, string>()
  for (const name of names.sort()) {
    const text = readFileSync(new URL(name, web), 'utf8')
    if (extname(name) === '.ts') sources.set(`${name.slice(0, -3)}.js`, compile(text))
    else if (extname(name) in TYPES) sources.set(name, text)
  }
  if (!isSource) return sources
  const texts = readdirSync(seeds).filter((name) => name.endsWith('.txt'))
  for (const [i, name] of texts.sort().entries())
    sources.set(`seed-${i + 1}.txt`, readFileSync(new URL(name, seeds), 'utf8'))
  return sources
}

/** Types become spaces, so that lines and columns stay; imports get the names that browsers ask for. */
function compile(source: string): string {
  return stripTypeScriptTypes(source).replaceAll(/ from '(\.\/[\w-]+)\.ts'/g, " from '$1.js'")
}

let prepared: PageFiles | undefined

/** The page, compressed once. Read when it is first asked for: whoever does not look at it pays nothing for it. */
export function loadPageFiles(): PageFiles {
  prepared ??= preparePage(readPageSources(), `/page/`)
  return prepared
}

function preparePage(sources: ReadonlyMap<string, string>, path: string): PageFiles {
  const index = sources.get(INDEX)
  if (index === undefined) throw new Error('the page is not built; npm run build')
  const hash = createHash('sha256')
  for (const [name, text] of sources) hash.update(`${name}\0${text}\0`)
  const version = hash.digest('hex').slice(0, 12)
  const base = `${path}${version}/`
  const modules = [...sources.keys()].filter((name) => name.endsWith('.js'))
  const preloads = modules.map((name) => `<link rel="modulepreload" href="${base}${name}" />`).join('')
  const html = index.replaceAll(BASE_MARK, base).replace(PRELOADS_MARK, preloads)
  const assets = [...sources]
    .filter(([name]) => name !== INDEX)
    .map(([name, text]) => [name, prepare(name, text)] as const)
  return { version, index: prepare(INDEX, html), assets: new Map(assets) }
}

function prepare(name: string, text: string): PageFile {
  const identity = Buffer.from(text)
  const gzip = gzipSync(identity, { level: constants.Z_BEST_COMPRESSION })
  const br = brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } })
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: createHash('sha256').update(identity).digest('base64url').slice(0, 22),
    bodies: gzip.length < identity.length ? { identity, gzip, br } : { identity },
  }
}
