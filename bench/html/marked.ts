import { Parser } from 'htmlparser2'

/** Texts that a page's own markup calls captions, or newsletter boxes: what stands in an element of that tag or class. */

/** More is a part of the page that has such things in it, code units. */
const MAX_LENGTH = 1500

export interface Mark {
  readonly tag: string | null
  /** Looked for in the classes and the id. */
  readonly words: RegExp
}

export const CAPTION: Mark = { tag: 'figcaption', words: /caption|credit/i }
export const NEWSLETTER: Mark = { tag: null, words: /newsletter|subscri|sign-?up|mailing/i }

/** The texts, a line each. */
export function readMarked(html: string, { tag, words }: Mark): string {
  const texts: string[] = []
  // Open elements: what they have so far, or null for those without a mark.
  const open: (string[] | null)[] = []
  let marked: string[] | null = null
  const parser = new Parser({
    onopentag: (name, { class: classes = '', id = '' }) => {
      const isMarked = marked === null && (name === tag || words.test(classes) || words.test(id))
      if (isMarked) marked = []
      marked?.push('\n')
      open.push(isMarked ? marked : null)
    },
    onclosetag: () => {
      const own = open.pop()
      if (own === null || own === undefined) return
      const text = own.join('')
      if (text.length <= MAX_LENGTH) texts.push(text)
      marked = null
    },
    ontext: (text) => {
      marked?.push(text.replaceAll(/\s+/g, ' '))
    },
  })
  parser.end(html)
  return texts.join('\n')
}
