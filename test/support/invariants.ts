import type { CleanResult, LedgerEntry, Story } from '../../src/index.ts'

/** What surely can be seen: no white space, no control, no format character. */
const SURELY_VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const NO_LETTER = /[^\p{L}\p{N}]/gu

/**
 * Lists what an answer has against the promises that hold for every text. Empty when all is well.
 * @param result the answer, with its ledger
 * @param shown what a reader sees of a stretch; of text, the slice
 */
export function findViolations(
  text: string,
  result: CleanResult,
  shown: Shown = ({ start, end }) => text.slice(start, end),
): readonly string[] {
  const { ledger } = result
  if (ledger === null) return ['the answer has no ledger']
  return [
    ...checkTiling(text, ledger),
    ...checkRemoved(shown, result, ledger),
    ...checkBody('the body', result, slicesOf(shown, ledger, null)),
    ...result.otherStories.flatMap((story, i) => checkBody(`other story ${i}`, story, slicesOf(shown, ledger, i))),
    ...checkWellFormed(result),
  ]
}

export type Shown = (entry: Pick<LedgerEntry, 'start' | 'end' | 'id'>) => string

function checkTiling(text: string, ledger: readonly LedgerEntry[]): readonly string[] {
  const violations: string[] = []
  let at = 0
  for (const { start, end, fate } of ledger) {
    if (start !== at)
      violations.push(`the ledger has a ${start > at ? 'gap' : 'overlap'} at ${at}: the next entry starts at ${start}`)
    if (end <= start) violations.push(`the ledger has an entry without length at ${start}`)
    if (fate === 'space' && SURELY_VISIBLE.test(text.slice(start, end)))
      violations.push(`visible text is booked as space at ${start}`)
    at = end
  }
  if (at !== text.length) violations.push(`the ledger ends at ${at}, the text at ${text.length}`)
  return violations
}

function checkRemoved(shown: Shown, { removed }: CleanResult, ledger: readonly LedgerEntry[]): readonly string[] {
  const violations = removed
    .filter((piece) => shown(piece) !== piece.text)
    .map(({ id }) => `removed piece ${id} is not the slice of the text`)
  const inLedger = ledger
    .filter(({ fate }) => fate === 'removed')
    .map(({ id, start, end, reason }) => ({ id, start, end, reason }))
  const inList = removed.map(({ id, start, end, reason }) => ({ id, start, end, reason }))
  if (JSON.stringify(inLedger) !== JSON.stringify(inList)) violations.push('removed and the ledger do not agree')
  return violations
}

/** The stretches of the text that are booked as the body of a story; null stands for the main one. */
function slicesOf(shown: Shown, ledger: readonly LedgerEntry[], story: number | null): string {
  return ledger
    .filter(
      (entry) => entry.story === story && entry.field === null && (entry.fate === 'body' || entry.fate === 'story'),
    )
    .map(shown)
    .join('\n')
}

function checkBody(name: string, story: Story, slices: string): readonly string[] {
  const violations: string[] = []
  if (!isSubsequence(withoutSpace(story.textContent), withoutSpace(slices)))
    violations.push(`${name} has text that the ledger does not book there`)
  if (story.textContent.replace(NO_LETTER, '') !== slices.replace(NO_LETTER, ''))
    violations.push(`${name} lacks letters that the ledger books there`)
  if (story.length !== story.textContent.length) violations.push(`${name} is not as long as it says`)
  return violations
}

/** Everything but the slices of the input, which are what they are. */
function checkWellFormed(result: CleanResult): readonly string[] {
  const violations: string[] = []
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string' && !value.isWellFormed()) violations.push(`${path} is no well-formed Unicode`)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value))
        if (!(path.startsWith('removed') && key === 'text')) visit(member, path === '' ? key : `${path}.${key}`)
    }
  }
  visit(result, '')
  return violations
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '')
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0
  for (let i = 0; i < part.length; i++) {
    at = whole.indexOf(part.charAt(i), at) + 1
    if (at === 0) return false
  }
  return true
}
