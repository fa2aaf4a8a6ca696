import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createCleaner, OnestoryError, type CleanInput, type CleanerOptions } from '../src/index.ts'
import { makeDocuments } from './soak/documents.ts'
import { fitLine, type Line } from './soak/fit.ts'
import { drawMemory, type Sample } from './soak/plot.ts'

/**
 * Documents of many kinds, hostile ones among them, one after another through one cleaner; memory has to stay where it is.
 *
 * A line is fitted to the second half, the first being for warming up: to the resident memory of the process with its threads,
 * and to the main thread's heap after a collection. Fails when one of them rises over that time by more than its bound.
 */
const USAGE = `usage: npm run bench -- soak [--documents N] [--data DIR] [--workers N] [--out FILE.svg]

  --documents N   how many, 2000 when not given; growth shows with 100,000 and more
  --data DIR      pages and texts of the development data among them
  --workers N     threads, one a core when not given
  --out FILE      where the plot goes, bench/out/soak.svg when not given`
/**
 * Growth that is noise, as a share of the mean: heaps are sized anew, and threads replaced, all the time. A leak of one KB a document
 * would be 100 MB in half of 200,000.
 */
const MOST_GROWTH = { rss: 0.05, heap: 0.05 } as const
/**
 * Of the documents, the share in which code is compiled, and heaps and the C library's arenas find their size. Of 200,000 documents
 * (2026-11-26, one thread) 5,000 took it to 800 MiB, 70,000 to 880 and 105,000 to 930; from there on it was flat.
 */
const WARMING_UP = 0.5
const SAMPLES = 200
/** Documents in hand at a time: some more than threads, so that some wait. */
const IN_HAND = 6
const DEADLINE_MS = 60_000

export async function report(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      documents: { type: 'string', default: '2000' },
      data: { type: 'string' },
      workers: { type: 'string' },
      out: { type: 'string', default: 'bench/out/soak.svg' },
    },
  })
  const count = Number(values.documents)
  if (!Number.isInteger(count) || count < SAMPLES) {
    console.error(`${USAGE}\n\nThere have to be at least ${SAMPLES} documents.`)
    process.exitCode = 1
    return
  }
  const since = performance.now()
  const workers = values.workers === undefined ? {} : { workers: Number(values.workers) }
  const { samples, outcomes, stats } = await run(count, makeDocuments(values.data), workers)
  const steady = samples.slice(samples.length * WARMING_UP)
  const lines = { rss: fitLine(steady.map(pointOf('rss'))), heap: fitLine(steady.map(pointOf('heap'))) }
  mkdirSync(new URL('.', new URL(values.out, `file://${process.cwd()}/`)), { recursive: true })
  writeFileSync(values.out, drawMemory(samples, count, lines.rss))
  const { user, system } = process.cpuUsage()
  console.log(
    `${count} documents in ${((performance.now() - since) / 60_000).toFixed(1)} min, processor time a document ${((user + system) / 1000 / count).toFixed(1)} ms`,
  )
  console.log(Object.fromEntries(outcomes), JSON.stringify(stats))
  console.log(`resident: highest ${Math.max(...samples.map(({ rss }) => rss)).toFixed(0)} MiB, ${tell(lines.rss)}`)
  console.log(`heap of the main thread after a collection: ${tell(lines.heap)}; plot in ${values.out}`)
  for (const name of ['rss', 'heap'] as const) {
    if (lines[name].growth <= MOST_GROWTH[name]) continue
    console.error(`memory grows: ${name} by more than ${MOST_GROWTH[name] * 100} %`)
    process.exitCode = 1
  }
}

function pointOf(name: 'rss' | 'heap'): (sample: Sample) => readonly [number, number] {
  return (sample) => [sample.document, sample[name]]
}

function tell({ from, to, mean, growth }: Line): string {
  return `mean ${mean.toFixed(0)} MiB after warming up, fitted line from ${from.toFixed(0)} to ${to.toFixed(0)} MiB (${(growth * 100).toFixed(1)} %)`
}

async function run(
  count: number,
  documentAt: (i: number) => CleanInput,
  options: CleanerOptions,
): Promise<{ samples: readonly Sample[]; outcomes: ReadonlyMap<string, number>; stats: unknown }> {
  const cleaner = createCleaner({ ...options, deadlineMs: DEADLINE_MS, maxLength: 11 * 2 ** 20, warm: true })
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

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The heap after a collection, the resident memory before it: the one shows what is held, the other what the machine has to give. */
function sampleAt(document: number): Sample {
  const rss = process.memoryUsage.rss() / 2 ** 20
  collect()
  return { document, rss, heap: process.memoryUsage().heapUsed / 2 ** 20 }
}
