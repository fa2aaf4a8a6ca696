/** Measures: npm run bench -- REPORT [options]. One module a report; it reads its own options, and says which when one is missing. */

/** What a report's module exports: prints the report, or its usage with an exit code of 1. */
interface ReportModule {
  readonly report: (args: readonly string[]) => Promise<void>
}

interface Report {
  /** For the list of reports, one line. */
  readonly about: string
  readonly load: () => Promise<ReportModule>
}

const REPORTS: Readonly<Record<string, Report>> = {
  quality: {
    about: 'scores of the answers to text, beside rules that see text alone, and throughput beside the floor',
    load: () => import('./quality.ts'),
  },
  stories: {
    about: 'where pages are cut into stories, and where they should be',
    load: () => import('./stories.ts'),
  },
  html: {
    about: 'answers to HTML beside those of other extractors: scores, fields, causes of errors, time and memory',
    load: () => import('./html.ts'),
  },
  agreement: {
    about: 'answers to HTML beside what three other extractors agree on, for pages without gold: where to look',
    load: () => import('./agreement.ts'),
  },
  soak: {
    about: 'memory over many documents of all kinds, hostile ones among them, with a plot; fails when it grows',
    load: () => import('./soak.ts'),
  },
  service: {
    about: 'the service: cost of a request beside an echo and the library, two cores beside one, overload',
    load: () => import('./service.ts'),
  },
  hostile: {
    about:
      'pages that have hung programs, sent to the service while others ask for something small; fails when anybody waits',
    load: () => import('./hostile.ts'),
  },
  fuzz: {
    about: 'arbitrary requests to the whole service: no fault, answers as the schemas say, ledgers that hold',
    load: () => import('./fuzz.ts'),
  },
}

const [name = '', ...args] = process.argv.slice(2)
const chosen = Object.hasOwn(REPORTS, name) ? REPORTS[name] : undefined
if (chosen === undefined) {
  const width = Math.max(...Object.keys(REPORTS).map((each) => each.length))
  console.error('usage: npm run bench -- REPORT [options]\n')
  for (const [each, { about }] of Object.entries(REPORTS)) console.error(`  ${each.padEnd(width)}  ${about}`)
  console.error('\nWithout the options it needs, a report prints those it takes.')
  process.exitCode = 1
} else {
  const { report } = await chosen.load()
  await report(args)
}
