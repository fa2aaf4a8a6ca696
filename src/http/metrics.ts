import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from '@prometheus-io/client'
import type { ProblemCode } from '../problems.ts'
import type { CleanResult } from '../types.ts'
import type { Cleaner, CleanerStats, CleanReport } from '../worker/cleaner.ts'

/** What the service counts. Labels come from closed lists: routes, statuses, reasons, codes; never from requests. */
export interface Metrics {
  readonly begin: () => void
  /** @param status null for a client that went away before its answer */
  readonly end: (route: string, status: number | null, ms: number) => void
  readonly problem: (code: ProblemCode) => void
  /** @param ms from the call to the answer, waiting included */
  readonly cleaned: (result: CleanResult, ms: number) => void
  /** What the cleaner says of each document, batches and failures included. */
  readonly worked: (report: CleanReport) => void
  readonly registry: Registry
}

/** Seconds: from a note in line to a page that uses up its deadline. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const MS = 1000

/**
 * Sets up the counters of one service, all zero.
 * @param withProcess measures of the process too: memory, event loop, garbage; they need timers, which tests do without
 */
export function createMetrics(stats: Cleaner['stats'], withProcess: boolean): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (withProcess) collectDefaultMetrics({ register: registry })
  addCleanerMetrics(registry, stats)
  const requests = new Counter({
    name: 'onestory_requests_total',
    help: 'Requests by route and status',
    labelNames: ['route', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'onestory_request_duration_seconds',
    help: 'Time from the headers of a request to the end of its answer',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers,
  })
  const inFlight = new Gauge({ name: 'onestory_requests_in_flight', help: 'Requests without an answer', registers })
  const problems = new Counter({
    name: 'onestory_problems_total',
    help: 'Problems answered, lines of batches included',
    labelNames: ['code'],
    registers,
  })
  return {
    begin: () => {
      inFlight.inc()
    },
    end: (route, status, ms) => {
      inFlight.dec()
      requests.inc({ route, status: status === null ? 'gone' : String(status) })
      durations.observe({ route }, ms / MS)
    },
    problem: (code) => {
      problems.inc({ code })
    },
    cleaned: countDocuments(registers),
    worked: countWork(registers),
    registry,
  }
}

function countDocuments(registers: Registry[]): Metrics['cleaned'] {
  const documents = new Counter({
    name: 'onestory_documents_total',
    help: 'Documents cleaned, by the path that the text took',
    labelNames: ['path'],
    registers,
  })
  const durations = new Histogram({
    name: 'onestory_document_duration_seconds',
    help: 'Time from a document to its answer, waiting included',
    buckets: BUCKETS,
    registers,
  })
  const removed = new Counter({
    name: 'onestory_removed_characters_total',
    help: 'Characters removed, by reason',
    labelNames: ['reason'],
    registers,
  })
  const stories = new Counter({
    name: 'onestory_stories_split_total',
    help: 'Further stories that were parted from the main one',
    registers,
  })
  const warnings = new Counter({
    name: 'onestory_warnings_total',
    help: 'Warnings given, by code',
    labelNames: ['code'],
    registers,
  })
  return (result, ms) => {
    documents.inc({ path: result.engine.path })
    durations.observe(ms / MS)
    stories.inc(result.otherStories.length)
    for (const { reason, start, end } of result.removed) removed.inc({ reason }, end - start)
    for (const { code } of result.warnings) warnings.inc({ code })
  }
}

function countWork(registers: Registry[]): Metrics['worked'] {
  const work = new Counter({
    name: 'onestory_cleanings_total',
    help: 'Documents given to the cleaner, by where they were cleaned and how they fared',
    labelNames: ['place', 'outcome'],
    registers,
  })
  const waits = new Histogram({
    name: 'onestory_queue_wait_seconds',
    help: 'Time that a document waited for a thread or its turn',
    buckets: BUCKETS,
    registers,
  })
  return ({ place, outcome, waitedMs }) => {
    work.inc({ place, outcome })
    if (waitedMs !== null) waits.observe(waitedMs / MS)
  }
}

/** What the cleaner counts is asked for when somebody reads the metrics. */
function addCleanerMetrics(registry: Registry, stats: Cleaner['stats']): void {
  const gauge = (name: string, help: string, read: (now: CleanerStats) => number): void => {
    const made = new Gauge({
      name,
      help,
      registers: [registry],
      collect: () => {
        made.set(read(stats()))
      },
    })
  }
  gauge('onestory_documents_waiting', 'Documents that wait for a thread', ({ waiting }) => waiting)
  gauge('onestory_documents_running', 'Documents that a thread has', ({ running }) => running)
  gauge('onestory_threads_failing', '1 while no thread can be started', ({ isFailing }) => (isFailing ? 1 : 0))
  const sums = (
    name: string,
    help: string,
    label: string,
    read: (now: CleanerStats) => Record<string, number>,
  ): void => {
    const made = new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect: () => {
        made.reset() // the cleaner has the sums
        for (const [value, count] of Object.entries(read(stats()))) made.inc({ [label]: value }, count)
      },
    })
  }
  const restarts = 'Threads that were replaced'
  sums('onestory_worker_restarts_total', `${restarts}, by cause`, 'cause', (now) => now.restarts)
  sums('onestory_opinions_total', 'Second opinions, by how asking for one went', 'outcome', (now) => now.opinions)
  sums(
    'onestory_opinion_worker_restarts_total',
    `${restarts} over second opinions, by cause`,
    'cause',
    (now) => now.opinionRestarts,
  )
}
