import type { CleanInput } from '../../src/index.ts'
import { HOSTILE_PAGES } from '../../test/support/hostile-pages.ts'
import { readHtmlRows, readRows } from '../quality/corpus.ts'

/** Texts of so many paragraphs, one after another. */
const SIZES = [1, 5, 20, 60, 200, 1000]
/** One document in so many is hostile. */
const HOSTILE_EVERY = 50
/** Of the data, one row in so many: enough to differ, and little to hold. */
const STEP = 20

/** Documents by number: texts of several sizes, pages, and now and then a hostile one. The same number, the same document. */
export function makeDocuments(data: string | undefined): (i: number) => CleanInput {
  const hostile = Object.values(HOSTILE_PAGES)
  const pages = data === undefined ? [] : readHtmlRows(data, STEP).map(({ html }) => html)
  const texts = data === undefined ? [] : readRows(data, 'pages-dev', STEP).map(({ raw }) => raw)
  return (i) => {
    if (i % HOSTILE_EVERY === HOSTILE_EVERY - 1) {
      return { html: hostile[Math.floor(i / HOSTILE_EVERY) % hostile.length] ?? '', readability: 'always' }
    }
    const kind = i % 4
    const text = texts[i % texts.length] ?? makeText(i)
    if (kind === 0)
      return {
        html: pages[Math.floor(i / 4) % pages.length] ?? makePage(i),
        readability: i % 8 === 0 ? 'always' : 'auto',
      }
    return kind === 1 ? { text } : { text: makeText(i) }
  }
}

function makeText(i: number): string {
  const paragraphs = SIZES[i % SIZES.length] ?? 1
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
