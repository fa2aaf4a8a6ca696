import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createCleaner, OnestoryError, type CleanInput } from '../src/index.ts'
import { makeDocuments } from './soak/documents.ts'
import { drawMemory, type Sample } from './soak/plot.ts'

/**
 * Documents of many kinds, hostile ones among them, one after another through one cleaner; memory has to stay where it is.
 *
 * Fails when the resident memory of the last quarter is above that of the second quarter by more than the bound: the first is
 * warming up. Medians, since collections come when they like.
 */
const USAGE = `usage: npm run bench -- soak [--documents N] [--data DIR] [--out FILE.svg]

  --documents N   how many, 2000 when not given
  --data DIR      pages and texts of the development data among them
  --out FILE      where the plot goes, bench/out/soak.svg when not given`
/** Growth that is noise: of heaps that were sized anew, and of threads that were replaced. Share of the memory after warming up, and MiB. */
const MOST_GROWTH = 0.15
const MOST_GROWTH_MB = 64
const SAMPLES = 200
/** Documents in hand at a time: some more than threads, so that some wait. */
const IN_HAND = 6
const DEADLINE_MS = 60_000

export async function report(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { documents: { type: 'string', default: '2000' }, data: { type: 'string' }, out: { type: 'string' } },
  })
  const count = Number(values.documents)
  if (!Number.isInteger(count) || count < SAMPLES) {
    console.error(`${USAGE}\n\nThere have to be at least ${SAMPLES} documents.`)
    process.exitCode = 1
    return
  }
  const { samples, outcomes, stats } = await run(count, makeDocuments(values.data))
  const quarter = (n: number): number =>
    medianOf(samples.slice((samples.length * (n - 1)) / 4, (samples.length * n) / 4).map(({ rss }) => rss))
  const [before, after] = [quarter(2), quarter(4)]
  const file = values.out ?? 'bench/out/soak.svg'
  mkdirSync(new URL('.', new URL(file, `file://${process.cwd()}/`)), { recursive: true })
  writeFileSync(file, drawMemory(samples, count))
  console.log(`${count} documents:`, Object.fromEntries(outcomes), JSON.stringify(stats))
  console.log(`resident after warming up ${before.toFixed(0)} MiB, at the end ${after.toFixed(0)} MiB; plot in ${file}`)
  if (after - before > Math.max(MOST_GROWTH_MB, MOST_GROWTH * before)) {
    console.error('memory grows')
    process.exitCode = 1
  }
}

async function run(
  count: number,
  documentAt: (i: number) => CleanInput,
): Promise<{ samples: readonly Sample[]; outcomes: ReadonlyMap<string, number>; stats: unknown }> {
  const cleaner = createCleaner({ deadlineMs: DEADLINE_MS, maxLength: 11 * 2 ** 20, warm: true })
  const outcomes = new Map<string, number>()
  const samples: Sample[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) {
      const outcome = await cleaner.clean(documentAt(i)).then(
        ({ engine }) => engine.path,
        (error: unknown) => (error instanceof OnestoryError ? error.code : 'failed'),
      )
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (i % Math.floor(count / SAMPLES) === 0) samples.push(sampleAt(i))
    }
  }
  await Promise.all(Array.from({ length: IN_HAND }, work))
  const stats = cleaner.stats()
  await cleaner.close()
  return { samples: samples.toSorted((a, b) => a.document - b.document), outcomes, stats }
}

function sampleAt(document: number): Sample {
  const { rss, heapUsed } = process.memoryUsage()
  return { document, rss: rss / 2 ** 20, heap: heapUsed / 2 ** 20 }
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
