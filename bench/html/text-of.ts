import { Parser } from 'htmlparser2'

/** HTML that an extractor gave as its answer, as text: the same function for all of them. */

/** Elements that begin and end a line; all others are part of one. */
const LINES: ReadonlySet<string> = new Set(
  `address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre search section summary table tbody td tfoot th thead
  title tr ul video audio iframe img picture`.split(/\s+/),
)
/** Elements whose text nobody reads. */
const UNREAD: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'textarea', 'select'])

/** The text content, with line breaks where blocks begin and end; white space is joined, empty lines are left out. */
export function textOf(html: string): string {
  const parts: string[] = []
  let unread = 0
  const parser = new Parser({
    onopentagname(name) {
      if (UNREAD.has(name)) unread++
      if (LINES.has(name)) parts.push('\n')
    },
    onclosetag(name) {
      if (UNREAD.has(name)) unread--
      if (LINES.has(name)) parts.push('\n')
    },
    ontext(text) {
      if (unread === 0) parts.push(text.replaceAll(/\s+/g, ' '))
    },
  })
  parser.end(html)
  return parts
    .join('')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}
