import type { Page } from '../features/measured.ts'
import type { Story } from '../types.ts'
import { findMarkedAuthor } from './stated/marked-author.ts'
import { findIntroducedDate, findMarkedDate } from './stated/marked-date.ts'
import { readStated, type Stated, type StatedDate } from './stated/read-stated.ts'
import { findStatedTitle } from './stated/stated-title.ts'

/**
 * Fills the fields of the main story from what a page of HTML states about itself; `Stated` has the precedence. A story of text is
 * returned as it is.
 */
export function completeStory(story: Story, page: Page): Story {
  const stated = readStated(page)
  if (stated === null) return story
  const published = stated.published ?? readDate(story, page, stated)
  return {
    ...story,
    title: findStatedTitle(page)?.text ?? story.title,
    byline: readAuthor(story, page, stated),
    lang: story.lang ?? stated.lang,
    dir: story.dir ?? stated.dir,
    siteName: stated.siteName ?? story.siteName,
    section: stated.section ?? story.section,
    publishedTime: published?.iso ?? story.publishedTime,
    publishedTimeRaw: published?.raw ?? story.publishedTimeRaw,
  }
}

/** People whom the page states; then the one whom it marks beside the headline, its own byline, and who else is stated. */
function readAuthor(story: Story, page: Page, { authors, isSite }: Stated): string | null {
  const people = authors.filter((name) => !isSite(name))
  if (people.length > 0) return people.join(', ')
  const block = findStatedTitle(page)?.block ?? null
  const marked = block === null ? null : findMarkedAuthor(page, block)
  return marked ?? story.byline ?? (authors.length > 0 ? authors.join(', ') : null)
}

/** What the story's own head says; then what stands beside the headline, and what is left. Null to leave the story's own. */
function readDate(story: Story, page: Page, { guessed }: Stated): StatedDate | null {
  if (story.publishedTime !== null) return null
  const block = findStatedTitle(page)?.block ?? null
  return (block === null ? null : findMarkedDate(page, block)) ?? guessed ?? findIntroducedDate(page)
}
