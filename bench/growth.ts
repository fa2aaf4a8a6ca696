import { spawnSync } from 'node:child_process'
import { cleanHtml, cleanText } from '../src/index.ts'
import { HOSTILE_PAGES } from './hostile-pages.ts'
import { HOSTILE_TEXTS } from './hostile-texts.ts'

/**
 * Does time grow as the text does? Every hostile text and page is cleaned at 1, 2, 4, 8 and 10 MB, each in a process of its own.
 * Exits 1 when a doubling costs more than {@link MAX_RATIO} times the CPU time, or when one text takes too long.
 *
 * npm run bench:growth [-- --only=PART_OF_A_NAME] [--sizes=1,2,4]
 */

const KINDS = { ...HOSTILE_TEXTS, ...HOSTILE_PAGES }
const MEGABYTE = 1_000_000
const DEFAULT_SIZES = [1, 2, 4, 8, 10]
/** A doubling may cost this much: twice the time, and noise. Quadratic costs four times. */
const MAX_RATIO = 3
/** Below this a measurement says nothing, milliseconds of CPU. */
const MIN_TELLING = 600
/** A process that takes longer is stopped, seconds. */
const DEADLINE = 30
/** Cleaned before the measurement, so that the code is compiled, code units. */
const WARM_UP = 50_000
/** Slower is named, but no failure, milliseconds of CPU. */
const SLOW_PER_MEGABYTE = 250

interface Measurement {
  /** Of the main thread, milliseconds; Infinity when there is none. */
  readonly cpu: number
  /** Highest resident memory of the process, megabytes, Node and the word lists included. */
  readonly rss: number
  /** Why there is no measurement. */
  readonly fault?: string
}

const one = process.argv.find((argument) => argument.startsWith('--one='))?.slice('--one='.length)
if (one === undefined) compareAll()
else measureHere(one)

/** In the child: cleans one text and prints the measurement. */
function measureHere(job: string): void {
  const [name = '', size = ''] = job.split('@')
  const make = KINDS[name]
  const clean = name in HOSTILE_PAGES ? cleanHtml : cleanText
  if (make === undefined) throw new Error(`there is no text “${name}”`)
  for (let i = 0; i < 2; i++) clean(make(WARM_UP))
  const text = make(Number(size) * MEGABYTE)
  const before = process.threadCpuUsage()
  clean(text)
  const { user, system } = process.threadCpuUsage(before)
  console.log(JSON.stringify({ cpu: (user + system) / 1000, rss: process.resourceUsage().maxRSS / 1024 }))
}

function measure(name: string, size: number): Measurement {
  const child = spawnSync(process.execPath, [import.meta.filename, `--one=${name}@${size}`], {
    encoding: 'utf8',
    timeout: DEADLINE * 1000,
    killSignal: 'SIGKILL',
  })
  if (child.status === 0) return JSON.parse(child.stdout) as Measurement
  // A child that was not stopped threw.
  return {
    cpu: Infinity,
    rss: NaN,
    fault:
      child.signal === null ? (/^\w*Error.*$/m.exec(child.stderr)?.[0] ?? child.stderr) : `stopped after ${DEADLINE} s`,
  }
}

function compareAll(): void {
  const option = (name: string): string | undefined =>
    process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
  const only = option('only') ?? ''
  const sizes = option('sizes')?.split(',').map(Number) ?? DEFAULT_SIZES
  const names = Object.keys(KINDS).filter((name) => name.includes(only))
  const width = Math.max(...names.map((name) => name.length))
  console.log(
    `${'CPU ms (times the size before), RSS MB'.padEnd(width)}  ${sizes.map((size) => `${size} MB`.padStart(22)).join('')}`,
  )
  const failures: string[] = []
  const slow: string[] = []
  for (const name of names) {
    process.stdout.write(`${name.padEnd(width)}  `)
    let before: { readonly cpu: number; readonly size: number } | null = null
    for (const size of sizes) {
      const limit: number = before === null ? Infinity : before.cpu * MAX_RATIO ** Math.log2(size / before.size)
      let now = measure(name, size)
      // Neighbours on the machine can slow one run; twice in a row they seldom do.
      if (now.cpu > limit && now.cpu > MIN_TELLING) now = better(now, measure(name, size))
      const ratio: string = before === null ? '' : `(${(now.cpu / before.cpu).toFixed(1)})`
      if (now.fault !== undefined) {
        process.stdout.write(now.fault)
        failures.push(`${name}: ${now.fault} at ${size} MB`)
        break
      }
      process.stdout.write(`${now.cpu.toFixed(0).padStart(8)} ${ratio.padEnd(6)} ${now.rss.toFixed(0).padStart(6)}`)
      if (now.cpu > limit && now.cpu > MIN_TELLING)
        failures.push(`${name}: ${size} MB took ${now.cpu.toFixed(0)} ms of CPU`)
      else if (size === sizes.at(-1) && now.cpu > SLOW_PER_MEGABYTE * size)
        slow.push(`${name}: ${now.cpu.toFixed(0)} ms for ${size} MB`)
      before = { cpu: now.cpu, size }
    }
    process.stdout.write('\n')
  }
  console.log(
    slow.length === 0
      ? '\nNone is slow.'
      : `\nSlow, more than ${SLOW_PER_MEGABYTE} ms a megabyte:\n  ${slow.join('\n  ')}`,
  )
  console.log(
    failures.length === 0 ? 'All grow as the text does.' : `\nGrow faster than the text:\n  ${failures.join('\n  ')}`,
  )
  process.exitCode = failures.length === 0 ? 0 : 1
}

function better(a: Measurement, b: Measurement): Measurement {
  return a.cpu <= b.cpu ? a : b
}
