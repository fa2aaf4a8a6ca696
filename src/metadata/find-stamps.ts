import { readByline, type Byline } from '../features/byline.ts'
import { findDay } from '../features/day-within.ts'
import type { Measured } from '../features/measured.ts'
import { hasField, remove, toField, type Finding, type Pass, type View } from '../passes/pass.ts'
import { KEEP_BELOW_HEADLINE } from '../passes/keep.ts'
import { readHead, titleOf } from './head.ts'

/** Such a line stands at most this many blocks below the headline. */
const MAX_BELOW = 8
/** A date or an author found so far from the headline is of the same head. */
const MAX_APART = 16
/** Words of the line, and of what stands beside the day: a name, a place, a counter. More is a sentence with a day in it. */
const MAX_WORDS = 20
const MAX_BESIDE = 8
/** The time of the day behind it: "at 1:06 PM ET". */
const CLOCK = /\s(?:\p{L}{1,3}|@)?\s?\p{Nd}{1,2}[:.h]\p{Nd}{2}(?:\s?[ap]\.?m\.?)?(?:\s\p{Lu}{2,4})?(?=\s|$)/iu
/** What is left at the edges when the day is taken out of a line. */
const EDGES = /^[\s,|·•/–—-]{1,6}|[\s,|·•/–—-]{1,6}$/gu
/** A counter behind it: "4 Comments". */
const COMMENTS = /\s\p{Nd}{1,4}\s\p{L}{4,12}$/u

/**
 * Lines between headline and story in which a day stands among a name, a place or a counter: "May 3, 2017 By Jane Roe 4 Comments".
 * They are the date, or the author's where there is one; so is an author without a day who stands too far above the story for
 * find-bylines. Runs before find-dek, which would take such a line for a second headline.
 */
export const findStamps: Pass = {
  name: 'find-stamps',
  reasons: ['chrome'],
  find: (view) => {
    const head = readHead(view)
    const title = head === null ? null : titleOf(head, view)
    if (head === null || title === null) return []
    const [from, to] = [title.id - MAX_APART, title.id + MAX_APART]
    let hasDate = hasField(view, 'publishedTime', from, to)
    let hasByline = hasField(view, 'byline', from, to)
    return view.blocks.flatMap((block): Finding[] => {
      if (block.id <= title.id || block.id - title.id > MAX_BELOW || block.id >= head.firstProse) return []
      if (!isStampLike(block)) return []
      const day = findDay(block, view.page.lang)
      if (day === null) {
        const signed = hasByline ? null : readByline(block.bare, view.page.lang, block.bareKey)
        if (signed?.isMarked !== true) return []
        hasByline = true
        return [toField(block, 'byline', 'introduced as the author, under the headline', signed.names)]
      }
      const beside = block.bare.replace(day.raw, ' | ').replace(CLOCK, ' ').replace(COMMENTS, '')
      if (beside.split(/\s+/u).length > MAX_BESIDE) return []
      const byline = hasByline ? null : readBeside(beside, view.page.lang)
      if (byline !== null) {
        hasByline = true
        return [toField(block, 'byline', 'introduced as the author, beside a day', byline.names)]
      }
      if (isStory(block, view)) return []
      if (hasDate) return [remove(block, 'chrome', 'another line with a day')]
      hasDate = true
      return [toField(block, 'publishedTime', `a line with a day in it, “${day.raw}”`, day.raw)]
    })
  },
}

/** On a page with furniture a line without an author that is more likely to be story stays in it. */
function isStory({ id }: Measured, { page: { scores } }: View): boolean {
  return scores.isFurnished && scores.chanceOf(id) >= KEEP_BELOW_HEADLINE
}

function isStampLike({ isProse, terminal, words, date, isUrl }: Measured): boolean {
  return !isProse && !terminal && words <= MAX_WORDS && date === null && !isUrl
}

/** The author on one side of the day: somebody who is introduced, else the only name. */
function readBeside(beside: string, lang: string | null): Byline | null {
  const names = beside
    .split('|')
    .map((side) => readByline(side.replaceAll(EDGES, ''), lang))
    .filter((found) => found !== null)
  const [only] = names
  return names.find(({ isMarked }) => isMarked) ?? (names.length === 1 ? (only ?? null) : null)
}
