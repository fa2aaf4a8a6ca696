import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import t from 'tap'
import { comparisonKey, cueKey } from '../src/features/key.ts'
import { PROBLEMS } from '../src/problems.ts'
import { LABEL_CUES, LINE_CUES, START_CUES, WEAK_LINE_CUES, WITHIN_CUES } from '../src/lexicon/index.ts'
import { METADATA_PASSES } from '../src/metadata/index.ts'
import { PAGE_PASSES } from '../src/passes/index.ts'
import type { Pass } from '../src/passes/pass.ts'
import { BLOCK_FIELDS, REASONS, WARNING_CODES, type Reason } from '../src/types.ts'
import { RULESET, VERSION } from '../src/version.ts'
import { readPassFixture } from './support/pass-fixture.ts'

/**
 * The shape of the source, as a table. A file belongs to the one layer that names it or its folder, and imports from its own
 * layer and from those below it. From the bottom:
 */
const LAYERS: readonly (readonly [name: string, ...members: readonly string[]])[] = [
  ['vocabulary', 'types.ts', 'version.ts', 'errors.ts', 'options.ts', 'problems.ts', 'markup.ts'],
  ['lexicon', 'lexicon/'],
  ['reading', 'read/'],
  ['measuring', 'features/', 'model/'],
  ['deciding', 'run-passes.ts', 'settle.ts', 'passes/', 'stories/', 'metadata/'],
  ['telling', 'ledger.ts', 'confidence.ts', 'render/'],
  ['cleaning', 'clean.ts'],
  ['working', 'worker/'],
  ['batching', 'batch/'],
  ['surface', 'index.ts'],
  ['serving', 'http/', 'queue/', 'cli/', 'server.ts', 'cli.ts', 'v8-flags.ts'],
]
/** Packages that build a DOM of what they are given. Nothing that answers to a deadline may load them. */
const DOM_PACKAGES = /^(?:jsdom|@mozilla\/readability|linkedom)(?:\/|$)/
/** Reasons that no pass gives yet, and what will. */
const RESERVED_REASONS: Partial<Record<Reason, string>> = {}
const MAX_LINES = 250
/** Word lists are data, and as long as the languages are rich. */
const DATA = /^lexicon\/(?:languages\/|agencies\.|networks\.|outlets\.)/

const root = new URL('../', import.meta.url)
const src = new URL('src/', root)
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort()
const sources = new Map(files.map((file) => [file, readFileSync(new URL(file, src), 'utf8')]))
const passes: readonly Pass[] = [...new Set([...PAGE_PASSES, ...METADATA_PASSES])]

/** What a file imports, types included: paths inside src, and names of packages. */
function importsOf(file: string): readonly string[] {
  const found = (sources.get(file) ?? '').matchAll(
    /^(?:import|export)\s[^'"]+?\sfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return [...found].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    return name.startsWith('.') ? new URL(name, new URL(file, src)).href.slice(src.href.length) : name
  })
}

function layersOf(file: string): readonly number[] {
  return LAYERS.flatMap(([, ...members], i) =>
    members.some((member) => (member.endsWith('/') ? file.startsWith(member) : file === member)) ? [i] : [],
  )
}

t.test('every file is in one layer', (t) => {
  t.same(
    files.filter((file) => layersOf(file).length !== 1),
    [],
  )
  t.end()
})

t.test('imports point downwards', (t) => {
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => sources.has(name) && (layersOf(name)[0] ?? 0) > (layersOf(file)[0] ?? 0))
      .map((name) => `${file} imports ${name}`),
  )
  t.same(upward, [])
  const dangling = files.flatMap((file) => importsOf(file).filter((name) => name.endsWith('.ts') && !sources.has(name)))
  t.same(dangling, [], 'and at files that exist')
  t.end()
})

t.test('no file imports itself by a detour', (t) => {
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file) || path.includes(file)) return
    for (const name of importsOf(file)) if (sources.has(name)) visit(name, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  t.same(cycles, [])
  t.end()
})

t.test('only the worker loads a DOM', (t) => {
  const users = files.filter((file) => importsOf(file).some((name) => DOM_PACKAGES.test(name)))
  t.same(
    users.filter((file) => !file.startsWith('worker/')),
    [],
  )
  t.end()
})

t.test('every pass', async (t) => {
  for (const [folder, list] of [
    ['passes', PAGE_PASSES],
    ['metadata', METADATA_PASSES],
  ] as const) {
    const exported = await readPasses(folder)
    t.same(
      exported.filter((pass) => !passes.includes(pass)).map(({ name }) => name),
      [],
      `${folder}: those that are exported are run`,
    )
    t.equal(new Set(list).size, list.length, `${folder}: none is in the list twice`)
  }
  t.equal(new Set(passes.map(({ name }) => name)).size, passes.length, 'has a name of its own')
  for (const pass of passes) {
    const file = files.find((name) => basename(name) === `${pass.name}.ts`)
    t.ok(file !== undefined, `${pass.name} is named as its file`)
    t.same(
      pass.reasons.filter((reason) => !REASONS.includes(reason)),
      [],
      `${pass.name} gives reasons of the list`,
    )
    const found = readFixtures(pass.name).flatMap(({ findings }) => findings)
    t.ok(found.length > 0, `${pass.name} has a fixture in which it acts`)
    t.same(
      pass.reasons.filter((reason) => !found.some((finding) => finding.startsWith(`reason:${reason} |`))),
      [],
      `${pass.name} has a fixture for each of its reasons`,
    )
  }
})

t.test('every fixture of a pass belongs to one', (t) => {
  const folders = readdirSync(new URL('test/fixtures/passes/', root), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  t.same(
    folders.map(({ name }) => name).filter((name) => !passes.some((pass) => pass.name === name)),
    [],
  )
  t.end()
})

t.test('every reason is given by some pass, or reserved', (t) => {
  const given = new Set(passes.flatMap(({ reasons }) => reasons))
  const silent = REASONS.filter((reason) => !given.has(reason))
  t.same(silent.sort(), Object.keys(RESERVED_REASONS).sort())
  t.end()
})

const readme = new URL('README.md', root)
t.test('README documents', { skip: existsSync(readme) ? false : 'README.md is not there yet' }, (t) => {
  const text = readFileSync(readme, 'utf8')
  const missing = (names: readonly string[]): readonly string[] => names.filter((name) => !text.includes(`\`${name}\``))
  t.same(missing(REASONS), [], 'every reason')
  t.same(missing(WARNING_CODES), [], 'every warning')
  t.same(missing(BLOCK_FIELDS), [], 'every field')
  t.same(missing(Object.keys(PROBLEMS)), [], 'every problem of the service')
  t.end()
})

t.test('versions', (t) => {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string }
  t.equal(VERSION, version, 'package.json and the answer agree')
  t.match(RULESET, /^\d{4}\.\d{1,2}\.\d+$/, 'the ruleset has a year, a month and a number')
  t.end()
})

t.test('source files', (t) => {
  const lines = (file: string): number => (sources.get(file) ?? '').trimEnd().split('\n').length
  t.same(
    files.filter((file) => !DATA.test(file) && lines(file) > MAX_LINES).map((file) => `${file}: ${lines(file)}`),
    [],
    `have at most ${MAX_LINES} lines`,
  )
  const loose = /[:<|&([]\s*any\s*[\],;)>|&=[{]|\bas any\b|@ts-(?:ignore|expect-error|nocheck)|eslint-disable/
  t.same(
    files.filter((file) => !DATA.test(file) && loose.test(sources.get(file) ?? '')),
    [],
    'have no any and switch no check off',
  )
  t.end()
})

t.test('word lists say nothing in the words of the seeds', (t) => {
  interface Texts {
    readonly body?: readonly string[]
    readonly otherStories?: readonly Texts[]
  }
  const linesOf = ({ body = [], otherStories = [] }: Texts): readonly string[] => [
    ...body.flatMap((text) => text.split('\n')),
    ...otherStories.flatMap(linesOf),
  ]
  const folder = new URL('seeds/expected/', root)
  const lines = readdirSync(folder).flatMap((name) =>
    linesOf(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Texts),
  )
  t.ok(lines.length > 50, 'the seeds have bodies')
  const phrases = new Set([
    ...[LINE_CUES, WEAK_LINE_CUES, LABEL_CUES, START_CUES].flatMap((cues) => [...cues.keys()]),
    ...[...WITHIN_CUES.values()].flat().map(({ phrase }) => phrase),
  ])
  t.same(
    lines.filter((line) => phrases.has(cueKey(comparisonKey(line)))),
    [],
  )
  t.end()
})

/** All passes that the files of a folder export. */
async function readPasses(folder: string): Promise<readonly Pass[]> {
  const modules = await Promise.all(
    files
      .filter((file) => file.startsWith(`${folder}/`) && !file.endsWith('/index.ts'))
      .map(async (file) => (await import(new URL(file, src).href)) as Readonly<Record<string, unknown>>),
  )
  return modules.flatMap((module) => Object.values(module)).filter(isPass)
}

function isPass(value: unknown): value is Pass {
  return typeof value === 'object' && value !== null && 'find' in value && 'reasons' in value && 'name' in value
}

function readFixtures(pass: string): ReturnType<typeof readPassFixture>[] {
  const folder = new URL(`test/fixtures/passes/${pass}/`, root)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /\.(?:txt|html)$/.test(name))
    .map((name) => readPassFixture(readFileSync(new URL(name, folder), 'utf8')))
}
