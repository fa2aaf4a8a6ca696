import { globSync, readFileSync } from 'node:fs'
import { checkSync } from 'recheck'
import t from 'tap'
import ts from 'typescript'

const ROOT = new URL('../', import.meta.url)
/** Time for one expression, milliseconds. Most take some ten; a busy machine may be slow. */
const PATIENCE_MS = 60_000

interface Expression {
  readonly source: string
  readonly flags: string
  readonly file: string
}

/** Every literal of the sources, once. */
function findLiterals(files: readonly string[]): readonly Expression[] {
  const found = new Map<string, Expression>()
  for (const file of files) {
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/')
        found.set(node.text, { source: node.text.slice(1, end), flags: node.text.slice(end + 1), file })
      }
      ts.forEachChild(node, visit)
    }
    visit(ts.createSourceFile(file, readSource(file), ts.ScriptTarget.Latest))
  }
  return [...found.values()]
}

/** Expressions that are put together when a module is loaded. */
async function findMade(files: readonly string[]): Promise<readonly Expression[]> {
  const made: Expression[] = []
  const original = globalThis.RegExp
  let file = ''
  globalThis.RegExp = class extends original {
    constructor(pattern: string | RegExp, flags?: string) {
      super(pattern, flags)
      made.push({ source: this.source, flags: this.flags, file })
    }
  } as RegExpConstructor
  try {
    for (file of files) await import(new URL(file, ROOT).href)
  } finally {
    globalThis.RegExp = original
  }
  return made
}

function readSource(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8')
}

// The automaton proves; the fuzzer of the same tool guesses, and not always the same. What the automaton cannot read, look-around and
// back-references, is seen by the linter alone, whose rules on backtracking refuse whatever may be slow.
t.test('every regular expression takes linear time', async (t) => {
  const files = globSync(['src/**/*.ts', 'web/**/*.ts'], { cwd: ROOT.pathname }).sort()
  const literals = findLiterals(files)
  t.ok(literals.length > 100, 'they are found')
  const makers = files.filter((file) => readSource(file).includes('new RegExp('))
  const made = await findMade(makers)
  t.ok(made.length >= makers.length, 'those that are put together, too')
  let unread = 0
  for (const { source, flags, file } of [...literals, ...made]) {
    const verdict = checkSync(source, flags, { checker: 'automaton', timeout: PATIENCE_MS })
    if (verdict.status === 'unknown' && verdict.error.kind === 'unsupported') unread++
    else if (verdict.status !== 'safe') t.fail(`/${source}/${flags} of ${file}: ${tell(verdict)}`)
  }
  t.ok(unread < literals.length / 10, `nearly all can be read: ${unread} cannot`)
  const bad = checkSync('^(a+)+$', '', { checker: 'automaton', timeout: PATIENCE_MS })
  t.equal(bad.status, 'vulnerable', 'and the checker finds what is slow')
})

function tell(verdict: ReturnType<typeof checkSync>): string {
  return verdict.status === 'unknown'
    ? `not known, ${verdict.error.kind}`
    : `${verdict.status}, ${verdict.complexity.summary}`
}
