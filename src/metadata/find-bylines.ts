import { isBylineDetail, readByline } from '../features/byline.ts'
import { agencyOf } from '../features/credit.ts'
import type { Measured } from '../features/measured.ts'
import { isMenuLine } from '../features/parts.ts'
import { remove, toField, type Finding, type Pass, type View } from '../passes/pass.ts'
import { findLikelyHeadline } from '../passes/likely-headline.ts'
import { findZones } from '../passes/zones.ts'

/** Marked author lines stand at most this many blocks from the first paragraph. */
const MAX_DISTANCE = 12
/** The same from the headline of a whole page, below which a table of contents may stand. */
const MAX_BELOW_HEADLINE = 6
/** A story is signed at most this many blocks below its last paragraph. */
const MAX_FOOT_DISTANCE = 3
/** A signature with an agency has at most so many words. */
const MAX_SIGNATURE_WORDS = 6

/**
 * Author lines and agency lines above the first paragraph. A bare name counts only beside a date, another author line or
 * right above the first paragraph of a story that has a headline. Runs after find-dates, before find-headline.
 */
export const findBylines: Pass = {
  name: 'find-bylines',
  reasons: ['chrome'],
  heedsScorer: ['headline'],
  find: (view) => {
    const { firstProse, lastProse } = findZones(view)
    if (firstProse === null) return []
    const { verse } = view.page
    const likely = findLikelyHeadline(view.page)?.id ?? -Infinity
    const isNear = ({ id }: Measured): boolean =>
      firstProse - id <= MAX_DISTANCE || (id > likely && id - likely <= MAX_BELOW_HEADLINE)
    const head = view.blocks.filter((block) => block.id < firstProse && isNear(block) && !verse.has(block.id))
    let tokens: ReadonlySet<string> | null = null
    const storyTokens = (): ReadonlySet<string> =>
      (tokens ??= new Set(view.blocks.filter((block) => block.isProse).flatMap((block) => block.tokens)))
    const headline = head.find((block) => block.isTitleLike)
    const findings: Finding[] = []
    for (const [i, block] of head.entries()) {
      if (block.cue?.place === 'line' || block.isUrl) continue
      if (isBelowName(block, findings) && isBylineDetail(block.text)) {
        findings.push(remove(block, 'chrome', 'the role or the address of the author above it'))
        continue
      }
      const agency = agencyOf(block.bareKey)
      if (agency !== null) {
        findings.push(toField(block, 'agency', 'a news agency alone on its line', agency))
        continue
      }
      const byline = readByline(block.bare, view.page.lang, block.bareKey)
      if (
        byline !== null &&
        (byline.isMarked || !isLabelOfPage(block)) &&
        (byline.isMarked ||
          (i > 0 && byline.date !== null) ||
          isBesideHead(block, view) ||
          isStranger(block, view, storyTokens, headline))
      ) {
        findings.push(
          toField(
            block,
            'byline',
            byline.isMarked ? 'introduced as the author' : 'a name beside a date line',
            byline.names,
          ),
        )
      }
    }
    // A report is often signed with the agency under its last paragraph.
    for (const block of view.blocks) {
      if (block.id <= (lastProse ?? Infinity)) continue
      const isAtFoot = block.id - (lastProse ?? 0) <= MAX_FOOT_DISTANCE
      const agency = agencyOf(block.bareKey) ?? (isAtFoot ? signedWith(block) : null)
      const byline = agency === null && isAtFoot ? readByline(block.bare, view.page.lang, block.bareKey) : null
      if (agency !== null) findings.push(toField(block, 'agency', 'a news agency alone on its line', agency))
      else if (byline?.isMarked === true)
        findings.push(toField(block, 'byline', 'signed under the last paragraph', byline.names))
    }
    return findings
  },
}

/** In HTML a line of a menu and a heading say what stands there, and not who wrote it. */
function isLabelOfPage({ markup }: Measured): boolean {
  return markup !== null && (markup.level > 0 || isMenuLine(markup))
}

function isBelowName(block: Measured, findings: readonly Finding[]): boolean {
  const last = findings.at(-1)
  return (
    last !== undefined &&
    last.block === block.id - 1 &&
    (last.verdict.fate === 'removed' || last.verdict.field === 'byline')
  )
}

function isBesideHead(block: Measured, view: View): boolean {
  return [block.id - 1, block.id + 1].some((id) => {
    const verdict = view.found.get(id)?.verdict
    return verdict?.fate === 'field' && (verdict.field === 'publishedTime' || verdict.field === 'byline')
  })
}

/** A bare name of at most this many words counts by itself, when the story has none of them and it is not the headline. */
const MAX_BARE_WORDS = 3

/** A name of somebody whom the story does not mention, under its headline. */
function isStranger(
  block: Measured,
  view: View,
  story: () => ReadonlySet<string>,
  headline: Measured | undefined,
): boolean {
  if (headline === undefined || block.id <= headline.id || block.words > MAX_BARE_WORDS) return false
  return !view.page.repeats.has(block.key) && !block.tokens.some((token) => story().has(token))
}

/** The agency at the end of a short line without a full stop, as in "The Courier with AFP". */
function signedWith({ tokens, words, isTitleLike }: Measured): string | null {
  return isTitleLike && words <= MAX_SIGNATURE_WORDS ? agencyOf((tokens.at(-1) ?? '').toLowerCase()) : null
}
