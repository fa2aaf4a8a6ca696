import { parseArgs } from 'node:util'
import { cleanHtml } from '../src/clean.ts'
import { readRows, type Row } from '../train/corpus.ts'
import { compareWithOthers, type Agreement } from './agreement/compare.ts'
import { takeEvery } from './quality/corpus.ts'
import { drawTable } from './quality/tables.ts'

const USAGE = `usage: npm run bench -- agreement --data DIR [options]

  --data DIR   the development data
  --step N     every N-th page only
  --worst N    lists the pages with the most words missing, and with the most words of their own`

/** Answers to the pages of silver-dev as HTML beside what three other extractors made of them: no scores, but where to look. */
export function report(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, step: { type: 'string', default: '1' }, worst: { type: 'string' } },
  })
  const step = Number(values.step)
  if (values.data === undefined || !(step >= 1)) {
    console.error(USAGE)
    process.exitCode = 1
    return Promise.resolve()
  }
  const pages = takeEvery(readRows(values.data, 'silver-dev'), step).flatMap((row) => measure(row) ?? [])
  console.log(drawAll(pages.map(({ agreement }) => agreement)))
  const count = Number(values.worst ?? 0)
  if (count > 0)
    for (const kind of ['missing', 'alone'] as const) {
      console.log(`\n${kind}`)
      const worst = pages.toSorted((a, b) => b.agreement[kind] - a.agreement[kind]).slice(0, count)
      for (const { id, agreement } of worst) console.log(`  ${String(agreement[kind]).padStart(6)}  ${id}`)
    }
  return Promise.resolve()
}

interface Page {
  readonly id: string
  readonly agreement: Agreement
}

function measure({ id, html, url, ...row }: Row): Page | null {
  if (html === undefined) return null
  const { textContent } = cleanHtml(html, url == null ? {} : { url })
  return { id, agreement: compareWithOthers(textContent, row) }
}

function drawAll(all: readonly Agreement[]): string {
  const sum = (of: (agreement: Agreement) => number): number => all.reduce((sum, each) => sum + of(each), 0)
  const share = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`
  return drawTable(
    [
      'silver-dev, HTML',
      'pages',
      'words that all three have',
      'of these not in the body',
      'words of the body',
      'of these nobody has',
      'snippets that must be there',
      'snippets that must not',
    ],
    [
      [
        'Onestory, never',
        String(all.length),
        String(sum(({ agreed }) => agreed)),
        share(
          sum(({ missing }) => missing),
          sum(({ agreed }) => agreed),
        ),
        String(sum(({ own }) => own)),
        share(
          sum(({ alone }) => alone),
          sum(({ own }) => own),
        ),
        `${sum(({ there }) => there)} of ${sum(({ wanted }) => wanted)}`,
        `${sum(({ kept }) => kept)} of ${sum(({ unwanted }) => unwanted)}`,
      ],
    ],
  )
}
