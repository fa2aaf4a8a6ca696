import { renderMarkdown, type CleanResult, type Reason, type Story } from '../../src/index.ts'

/** What a page must give; `fixtures/pages/README.md` says what the keys mean. `publishedDate` is the seeds' word for the day of `publishedTime`. */
export interface Expected extends Partial<
  Record<
    'title' | 'subtitle' | 'byline' | 'siteName' | 'section' | 'agency' | 'publishedTime' | 'lang' | 'dir',
    string | null
  >
> {
  readonly about?: string
  readonly unchanged?: boolean
  readonly removedNothing?: boolean
  readonly publishedDate?: string
  readonly body?: readonly string[]
  readonly captions?: readonly string[]
  readonly content?: string
  readonly markdown?: string
  readonly notes?: readonly string[]
  readonly otherStories?: readonly {
    readonly title?: string | null
    readonly body?: readonly string[]
    readonly captions?: readonly string[]
    readonly agency?: string | null
  }[]
  readonly mustNotAppear?: readonly string[]
  readonly reasons?: readonly Reason[]
}

export interface Comparison {
  readonly what: string
  readonly actual: unknown
  readonly wanted: unknown
}

const FIELDS = ['title', 'subtitle', 'byline', 'siteName', 'section', 'agency', 'publishedTime', 'lang', 'dir'] as const

/** Lists what is to be compared; white space and list, emphasis and crosshead marks do not count. */
export function comparePage(result: CleanResult, want: Expected, raw: string): readonly Comparison[] {
  const out: Comparison[] = []
  const add = (what: string, actual: unknown, wanted: unknown): void => {
    out.push({ what, actual, wanted })
  }
  if (want.unchanged === true) {
    add('body is the input', bare(result.textContent), bare(raw))
    add('no title', result.title, null)
  }
  if (want.unchanged === true || want.removedNothing === true) {
    add(
      'nothing removed',
      result.removed.map(({ reason, text }) => `${reason}: ${text}`),
      [],
    )
    add('no other story', result.otherStories.length, 0)
  }
  for (const field of FIELDS) if (want[field] !== undefined) add(field, result[field], want[field])
  if (want.publishedDate !== undefined)
    add('publishedTime, day', result.publishedTime?.slice(0, 10) ?? null, want.publishedDate)
  addStory(add, 'main', result, want)
  if (want.notes !== undefined) add('notes', result.notes.map(bare), want.notes.map(bare))
  if (want.otherStories !== undefined) {
    add('number of other stories', result.otherStories.length, want.otherStories.length)
    for (const [i, story] of want.otherStories.entries()) {
      const actual = result.otherStories[i]
      if (actual === undefined) continue
      if (story.title !== undefined) add(`other story ${i}, title`, actual.title, story.title)
      if (story.agency !== undefined) add(`other story ${i}, agency`, actual.agency, story.agency)
      addStory(add, `other story ${i}`, actual, story)
    }
  }
  if (want.content !== undefined) add('content', result.content, want.content)
  if (want.markdown !== undefined) add('markdown', renderMarkdown(result), want.markdown)
  const lines = `${result.textContent}\n`
  for (const text of want.mustNotAppear ?? []) add(`body lacks “${text}”`, lines.includes(text), false)
  for (const reason of want.reasons ?? [])
    add(
      `removed for ${reason}`,
      result.removed.some((piece) => piece.reason === reason),
      true,
    )
  return out
}

function addStory(
  add: (what: string, actual: unknown, wanted: unknown) => void,
  name: string,
  story: Story,
  want: Pick<Expected, 'body' | 'captions'>,
): void {
  if (want.body !== undefined) add(`${name}, body`, paragraphs(story.textContent), want.body.flatMap(paragraphs))
  if (want.captions !== undefined) add(`${name}, captions`, story.captions.map(bare), want.captions.map(bare))
}

/** Lines without white space and marks. */
export function paragraphs(text: string): readonly string[] {
  return text
    .split('\n')
    .map(bare)
    .filter((line) => line !== '')
}

function bare(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/\*\*|__/g, '')
        .replace(/^\s*(?:#{1,6}\s|[-–—*•]\s)/, '')
        .replace(/\s[-–—]\s*$/, ''),
    )
    .join('')
    .replace(/\s+/g, '')
}
