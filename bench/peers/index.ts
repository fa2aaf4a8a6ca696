import { existsSync } from 'node:fs'
import { fieldOf, NOTHING, type Engine, type Extracted } from '../html/engine.ts'
import { textOf } from '../html/text-of.ts'

/**
 * Other extractors, each with its own defaults and the page's address. They are dependencies of this folder alone, with a lock file of
 * its own. What they give as HTML becomes text by one function, so that none gains or loses by how it joins its blocks.
 */

/** What to do when {@link arePeersInstalled} says no. */
export const INSTALL_PEERS = 'the peers are not installed: npm ci --prefix bench/peers'

/** Stands in for an address that a row does not have: some peers refuse a page without one. */
const NO_ADDRESS = 'https://page.invalid/'

interface Peer {
  readonly id: string
  readonly name: string
  /** Loads the package; only what is measured is loaded, since each loads for seconds. */
  readonly load: () => Promise<(html: string, url: string) => Promise<Extracted>>
}

const PEERS: readonly Peer[] = [
  { id: 'readability-jsdom', name: 'Readability on jsdom', load: loadReadabilityOnJsdom },
  { id: 'readability-linkedom', name: 'Readability on linkedom', load: loadReadabilityOnLinkedom },
  { id: 'defuddle', name: 'Defuddle', load: loadDefuddle },
  { id: 'postlight', name: '@postlight/parser', load: loadPostlight },
  { id: 'extractus', name: '@extractus/article-extractor', load: loadExtractus },
]

export const PEER_IDS: readonly string[] = PEERS.map(({ id }) => id)

export function arePeersInstalled(): boolean {
  return existsSync(new URL('node_modules/', import.meta.url))
}

/** The peers of these ids, in the order of the list. */
export async function loadPeers(ids: readonly string[]): Promise<readonly Engine[]> {
  const engines: Engine[] = []
  for (const { id, name, load } of PEERS.filter((peer) => ids.includes(peer.id))) {
    const extract = await load()
    engines.push({ id, name, extract: (html, row) => extract(html, fieldOf(row.url) ?? NO_ADDRESS) })
  }
  return engines
}

type Load = Peer['load']

async function loadReadabilityOnJsdom(): ReturnType<Load> {
  const { JSDOM, VirtualConsole } = await import('jsdom')
  const read = await loadReadability()
  return (html, url) => {
    const dom = new JSDOM(html, { url, virtualConsole: new VirtualConsole() })
    try {
      return Promise.resolve(read(dom.window.document))
    } finally {
      dom.window.close()
    }
  }
}

async function loadReadabilityOnLinkedom(): ReturnType<Load> {
  const { parseHTML } = await import('linkedom')
  const read = await loadReadability()
  return (html) => Promise.resolve(read(parseHTML(html).document))
}

async function loadReadability(): Promise<(document: Document) => Extracted> {
  const { Readability } = await import('@mozilla/readability')
  return (document) => {
    const article = new Readability(document).parse()
    if (article === null) return NOTHING
    const { title, byline, publishedTime } = article
    return {
      text: textOf(article.content ?? ''),
      title: fieldOf(title),
      author: fieldOf(byline),
      date: fieldOf(publishedTime),
    }
  }
}

async function loadDefuddle(): ReturnType<Load> {
  const { Defuddle } = await import('defuddle/node')
  return async (html, url) => {
    const { content = '', title, author, published } = await Defuddle(html, url, { useAsync: false })
    return { text: textOf(content), title: fieldOf(title), author: fieldOf(author), date: fieldOf(published) }
  }
}

async function loadPostlight(): ReturnType<Load> {
  const { default: parser } = await import('@postlight/parser')
  return async (html, url) => {
    const article = await parser.parse(url, { html, contentType: 'html', fetchAllPages: false })
    return {
      text: textOf(article.content ?? ''),
      title: fieldOf(article.title),
      author: fieldOf(article.author),
      date: fieldOf(article.date_published),
    }
  }
}

async function loadExtractus(): ReturnType<Load> {
  const { extractFromHtml } = await import('@extractus/article-extractor')
  return async (html, url) => {
    const article = await extractFromHtml(html, url)
    if (article === null) return NOTHING
    const { content = '', title, author, published } = article
    return { text: textOf(content), title: fieldOf(title), author: fieldOf(author), date: fieldOf(published) }
  }
}
