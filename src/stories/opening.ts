import type { Cut } from '../features/cohesion.ts'
import { readDateline } from '../features/dateline.ts'
import type { Gap } from './gaps.ts'
import { compareHeads } from './introductions.ts'
import { isBetween, shareOfHeadline, shareOfOwnHeadline, type Layout } from './layout.ts'
import type { Range } from './range.ts'

/** Measurements of how the text below a place opens: as a story does, or as one goes on. */

/** Paragraphs above in which a name was given not long ago. */
const NEAR = 3
/** Paragraphs on each side that take up the headline of the stretch. */
const AROUND = 5

/** How the last paragraph above and the first one below are made: a lede is one sentence and gives names in full. */
export function measureEdges(
  { at }: Cut,
  gap: Gap,
  range: Range,
  { paragraphs, sentences, names }: Layout,
): readonly number[] {
  const [above, below, first] = [paragraphs[at - 1], paragraphs[at], paragraphs[range.from]]
  if (above === undefined || below === undefined) return []
  return [
    ...[Math.log1p(above.words), Math.log1p(sentences[at - 1] ?? 0)],
    ...[Math.log1p(below.words), Math.log1p(sentences[at] ?? 0)],
    ...[Math.log1p(names[at]?.length ?? 0), Math.log1p(names[at - 1]?.length ?? 0)],
    // One agency's report below another.
    Number(gap.signs().has('dateline') && readDateline(first?.text ?? '') !== null),
  ]
}

/** Whether the paragraph below is worded as a lede, and the line above it as a headline, more than others of the stretch. */
export function measureOpening(
  { at }: Cut,
  gap: Gap,
  range: Range,
  { ledes, headlineOdds, words }: Layout,
): readonly number[] {
  const lede = ledes[at] ?? 0
  const headline = headlineOdds[at] ?? 0
  let [own, known] = [0, 0]
  for (let i = words.offsets[at] ?? 0; i < (words.offsets[at + 1] ?? 0); i++) {
    own++
    if ((words.before[i] ?? -1) >= range.from) known++
  }
  return [
    ...[
      lede,
      ledes[at - 1] ?? 0,
      ledes[Math.min(at + 1, range.to - 1)] ?? 0,
      lede - range.bestLede(at),
      own === 0 ? 0 : known / own,
    ],
    ...(gap.headline === null ? [0, 0] : [headline, headline - range.bestHeadline(at)]),
  ]
}

/** Whether the head is made like that of the stretch, and whether the lede introduces people, anew or again. */
export function measureHead({ at }: Cut, { from, to }: Range, layout: Layout): readonly number[] {
  const { heads, topHead, names, placesOfNames } = layout
  const like = compareHeads(from === 0 ? topHead : (heads[from] ?? topHead), heads[at] ?? topHead)
  const own = [...new Set(names[at])]
  const again = own.filter((name) => isBetween(placesOfNames.get(name) ?? [], from, at))
  // A story gives a name in full where it has it first.
  const often = again.filter((name) => isBetween(placesOfNames.get(name) ?? [], Math.max(from, at - NEAR), at))
  return [
    shareOfHeadline(at, at, Math.min(to, at + 1), layout),
    Math.log1p(like.common),
    like.share,
    Math.log1p(own.length - again.length),
    Math.log1p(again.length),
    Math.log1p(often.length),
  ]
}

/** Whether a story ends above and another begins below, by their wording, log odds, more than at other places. */
export function measureSeam({ at }: Cut, range: Range, { seams }: Layout): readonly number[] {
  const seam = seams[at] ?? 0
  return [seam, seam - range.bestSeam(at)]
}

/** Whether the story above has come to its end: its last words, its people and its headline. */
export function measureEnd({ at }: Cut, range: Range, layout: Layout): readonly number[] {
  const { from, to } = range
  const ending = layout.endings[at - 1] ?? 0
  return [
    ...[ending, ending - range.bestEnding(at - 1)],
    shareOfOwnHeadline(from, Math.max(from, at - AROUND), at, layout),
    shareOfOwnHeadline(from, at, Math.min(to, at + AROUND), layout),
  ]
}
