import { Tokenizer } from 'htmlparser2'

const IGNORED = (): void => undefined

/** Decodes the entities of a value that was escaped twice, or in a script, where nothing decodes it. Tags in it go. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  let out = ''
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => (out += text.slice(start, end)),
      ontextentity: (code) => (out += String.fromCodePoint(code)),
      onattribdata: IGNORED,
      onattribentity: IGNORED,
      onattribend: IGNORED,
      onattribname: IGNORED,
      oncdata: IGNORED,
      onclosetag: IGNORED,
      oncomment: IGNORED,
      ondeclaration: IGNORED,
      onend: IGNORED,
      onopentagend: IGNORED,
      onopentagname: IGNORED,
      onprocessinginstruction: IGNORED,
      onselfclosingtag: IGNORED,
    },
  )
  tokenizer.write(text)
  tokenizer.end()
  return out
}
