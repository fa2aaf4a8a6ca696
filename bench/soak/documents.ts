import type { CleanInput } from '../../src/index.ts'
import { HOSTILE_PAGES } from '../../test/support/hostile-pages.ts'
import { readHtmlRows, readRows } from '../quality/corpus.ts'

/** Of the data, one row in so many: enough to differ, and little to hold. */
const STEP = 20

/**
 * What one document in so many is; the first that fits counts, and the rest are texts. A scraper's mixture: texts for the most part, pages of HTML, some
 * of which are asked a second opinion of, and now and then what is made to hurt. A document takes some 7 ms on average, so that 200,000 take half an hour.
 */
const EVERY = { hostile: 500, opinion: 128, page: 16, data: 8 } as const
/** Paragraphs of a text that is made: what one in so many has, the first that fits. */
const PARAGRAPHS: readonly (readonly [every: number, paragraphs: number])[] = [
  [257, 1000],
  [33, 200],
  [4, 60],
  [3, 20],
  [2, 5],
  [1, 1],
]

/** Documents by number: texts of several sizes, pages, and now and then a hostile one. The same number, the same document. */
export function makeDocuments(data: string | undefined): (i: number) => CleanInput {
  const hostile = Object.values(HOSTILE_PAGES)
  const pages = data === undefined ? [] : readHtmlRows(data, STEP).map(({ html }) => html)
  const texts = data === undefined ? [] : readRows(data, 'pages-dev', STEP).map(({ raw }) => raw)
  const pick = (rows: readonly string[], turn: number): string | undefined => rows[turn % rows.length]
  return (i) => {
    const turn = (every: number): number => Math.floor(i / every)
    if (i % EVERY.hostile === EVERY.hostile - 1) {
      return { html: pick(hostile, turn(EVERY.hostile)) ?? '', readability: 'always' }
    }
    if (i % EVERY.opinion === 0) return { html: pick(pages, turn(EVERY.opinion)) ?? makePage(i), readability: 'always' }
    if (i % EVERY.page === 0) return { html: pick(pages, turn(EVERY.page)) ?? makePage(i) }
    return { text: (i % EVERY.data === 1 ? pick(texts, turn(EVERY.data)) : undefined) ?? makeText(i) }
  }
}

function makeText(i: number): string {
  const [, paragraphs] = PARAGRAPHS.find(([every]) => i % every === 0) ?? [1, 1]
  return Array.from({ length: paragraphs }, (_, p) => makeParagraph(i + p * 7)).join('\n\n')
}

function makePage(i: number): string {
  const paragraphs = makeText(i).split('\n\n')
  const menu = Array.from({ length: 30 }, (_, m) => `<li><a href="/${m}">Section ${m}</a></li>`).join('')
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('')
  return `<!doctype html><html><head><title>Page ${i}</title></head><body><nav><ul>${menu}</ul></nav><article><h1>Page ${i}</h1>${body}</article></body></html>`
}

function makeParagraph(i: number): string {
  return `In round ${i} the board heard ${(i % 17) + 2} speakers, and ${(i * 31) % 97} of the letters that had come by Friday; a vote was put off until the budget for item ${(i * 7) % 53} is known.`
}
