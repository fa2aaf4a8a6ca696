import type { Cut } from '../features/cohesion.ts'
import { isBetween, type Layout } from './layout.ts'
import type { Range } from './range.ts'

/** Measurements of words that come more than once: they begin with a story, and end with it. @see Galley et al. 2003, lexical chains */

/** Paragraphs in which the words of a lede come again. */
const TAKEN_UP = 8
/** Paragraphs in which words begin or end. */
const EDGE = 2
/** Paragraphs below in which people are called by surname. */
const NEAR = 3
/** Paragraphs on each side with which a lede is compared. */
const AROUND = 4

export function measureChains(cut: Cut, range: Range, layout: Layout): readonly number[] {
  const { fresh, takenUp, starts, peopleStart } = readBelow(cut, range, layout)
  const { ends, peopleEnd } = readAbove(cut, range, layout)
  return [
    ...[Math.log1p(countCarried(cut, range, layout)), fresh === 0 ? 0 : takenUp / fresh],
    ...[takenUp, starts, ends, peopleStart, peopleEnd].map((count) => Math.log1p(count)),
    knownLead(cut, range),
  ]
}

function readBelow(
  { at }: Cut,
  { from, to }: Range,
  { words }: Layout,
): Readonly<Record<'fresh' | 'takenUp' | 'starts' | 'peopleStart', number>> {
  const { offsets, before, after, names } = words
  let [fresh, takenUp, starts, peopleStart] = [0, 0, 0, 0]
  const own = offsets[at + 1] ?? 0
  const below = offsets[Math.min(to, at + EDGE)] ?? 0
  for (let i = offsets[at] ?? 0; i < below; i++) {
    if ((before[i] ?? -1) >= from) continue
    const next = after[i] ?? to
    if (i < own) fresh++
    if (next >= to) continue
    starts++
    peopleStart += names[i] ?? 0
    if (i < own && next <= at + TAKEN_UP) takenUp++
  }
  return { fresh, takenUp, starts, peopleStart }
}

function readAbove(
  { at }: Cut,
  { from, to }: Range,
  { words }: Layout,
): Readonly<Record<'ends' | 'peopleEnd', number>> {
  const { offsets, before, after, names } = words
  let [ends, peopleEnd] = [0, 0]
  for (let i = offsets[Math.max(from, at - EDGE)] ?? 0; i < (offsets[at] ?? 0); i++) {
    if ((before[i] ?? -1) < from || (after[i] ?? to) < to) continue
    ends++
    peopleEnd += names[i] ?? 0
  }
  return { ends, peopleEnd }
}

/** People that were given in full above and are called by surname below, not given in full again. */
function countCarried({ at }: Cut, { from, to }: Range, { words, placesOfSurnames }: Layout): number {
  let count = 0
  const end = words.offsets[Math.min(to, at + NEAR)] ?? 0
  for (let i = words.offsets[at] ?? 0; i < end; i++) {
    const before = words.before[i] ?? -1
    if (words.names[i] !== 1 || before < from || before >= at) continue
    const places = placesOfSurnames.get(words.terms[i] ?? -1)
    if (places !== undefined && isBetween(places, from, at) && !isBetween(places, at, at + NEAR)) count++
  }
  return count
}

/** How much less of the paragraph below was told above than of those around it. */
function knownLead({ at }: Cut, { from, to, known }: Range): number {
  let [sum, count] = [0, 0]
  for (let i = Math.max(from + 1, at - AROUND); i < Math.min(to, at + 1 + AROUND); i++) {
    if (i === at) continue
    sum += known[i - from] ?? 0
    count++
  }
  return count === 0 ? 0 : sum / count - (known[at - from] ?? 0)
}

/** Share of the words of each paragraph of a stretch that the stretch has above it. */
export function findKnown({ words }: Layout, from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => {
    const [start, end] = [words.offsets[from + i] ?? 0, words.offsets[from + i + 1] ?? 0]
    let count = 0
    for (let at = start; at < end; at++) if ((words.before[at] ?? -1) >= from) count++
    return end === start ? 0 : count / (end - start)
  })
}
