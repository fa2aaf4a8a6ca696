/** A case of one pass, as `fixtures/passes/README.md` describes the file. */
export interface PassFixture {
  readonly input: string
  /** Blocks that are left, in order. */
  readonly left: readonly string[]
  /** What the pass found, in order. */
  readonly findings: readonly string[]
}

/** Reads the text of a fixture file. */
export function readPassFixture(text: string): PassFixture {
  const lines = text.split('\n')
  const from = lines.indexOf('===') + 1
  const first = lines.indexOf('@@@', from)
  const second = lines.indexOf('@@@', first + 1)
  if (first < 0 || second < 0) throw new Error('a pass fixture has three parts, with a line @@@ between them')
  const nonEmpty = (part: readonly string[]): readonly string[] => part.filter((line) => line !== '')
  return {
    input: lines.slice(from, first).join('\n'),
    left: nonEmpty(lines.slice(first + 1, second)),
    findings: nonEmpty(lines.slice(second + 1)),
  }
}
