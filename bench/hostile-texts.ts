/**
 * Texts that find what is not linear. Each function makes a text of about the given size, code units; the same size gives
 * the same text. All text is invented.
 */

const VOCABULARY =
  `harbour council bridge winter market engine teacher river station budget engineer morning village tower railway
museum doctor forest ferry garden report winter survey letter captain orchard theatre window school painter glacier lantern
quarry festival bakery workshop pilot valley meadow archive inspector committee turbine cathedral vineyard minister`.split(
    /\s+/,
  )
const SMALL_WORDS = 'the of and to in a was for on with that by from at has been said after who will'.split(' ')

/** Numbers that look random and are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let z = Math.imul(state ^ (state >>> 15), 1 | state)
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296
  }
}

type Random = () => number

function pick(words: readonly string[], random: Random): string {
  return words[Math.floor(random() * words.length)] ?? ''
}

/** Words of prose without a full stop. */
function phrase(words: number, random: Random): string {
  return Array.from({ length: words }, () => pick(random() < 0.45 ? SMALL_WORDS : VOCABULARY, random)).join(' ')
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function sentence(random: Random): string {
  return `${capitalised(phrase(9 + Math.floor(random() * 14), random))}.`
}

export function paragraph(random: Random): string {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => sentence(random)).join(' ')
}

export function headline(random: Random): string {
  return phrase(6 + Math.floor(random() * 4), random)
    .split(' ')
    .map(capitalised)
    .join(' ')
}

/** Pieces until the size is reached. */
function fill(size: number, piece: (i: number) => string): string {
  const pieces: string[] = []
  for (let i = 0, length = 0; length < size; i++) {
    const next = piece(i)
    pieces.push(next)
    length += next.length
  }
  return pieces.join('').slice(0, size)
}

function story(random: Random): string {
  return `${[0, 1, 2, 3].map(() => paragraph(random)).join('\n\n')}\n\n`
}

/** A story, the pieces, and the story's end: what stands between paragraphs is treated otherwise than what stands alone. */
function between(size: number, piece: (i: number, random: Random) => string): string {
  const random = seeded(7)
  return story(random) + fill(size, (i) => piece(i, random)) + `\n\n${story(random)}`
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0')
}

export const HOSTILE_TEXTS: Readonly<Record<string, (size: number) => string>> = {
  'one line of prose': (size) => {
    const random = seeded(1)
    return fill(size, () => `${sentence(random)} `)
  },
  'blank lines': (size) => '\n'.repeat(size),
  'identical lines': (size) => fill(size, () => 'The same line of text again\n'),
  'nearly identical lines': (size) =>
    fill(size, (i) => `The ferry number ${i} left the old harbour at noon with the mayor on board.\n`),
  'nearly identical lines, spaced': (size) =>
    fill(size, (i) => `The ferry number ${i} left the old harbour at noon with the mayor on board.\n\n`),
  'combining marks': (size) => `a${'\u0301\u0323'.repeat(size / 2)}`,
  'combining marks on lines': (size) => fill(size, () => `e${'\u0301\u0323'.repeat(20)} `.repeat(20) + '\n'),
  'prose with variations': (size) => {
    const random = seeded(2)
    return fill(size, (i) => `${i % 12 === 0 ? `${headline(random)}\n\n` : ''}${paragraph(random)}\n\n`)
  },
  'prose, one headline again and again': (size) => {
    const random = seeded(3)
    return fill(size, (i) => `${i % 3 === 0 ? `The Council Of The Harbour Bridge\n\n` : ''}${paragraph(random)}\n\n`)
  },
  'alternating punctuation': (size) => '."'.repeat(size / 2),
  'alternating punctuation on lines': (size) => fill(size, () => `${'-*'.repeat(40)} ${'."'.repeat(40)}\n`),
  'spaces, then x': (size) => `${' '.repeat(size - 1)}x`,
  'spaces inside a line': (size) => `x${' '.repeat(size - 2)}x`,
  'one word': (size) => 'abcdefghij'.repeat(size / 10),
  'one word in capitals after wrapped text': (size) => {
    const line = 'The council of the harbour met on the bridge in winter and said that it was so.\n'
    const lower = 'and the engineer who had been at the station from the morning on was with them\n'
    return `${(line + lower.repeat(3)).repeat(1100)}The river was high and the council of the harbour met again on the old bridge.\n${'A'.repeat(size - 1)}a`
  },
  'wrapped text in one paragraph': (size) => {
    const random = seeded(4)
    return fill(size, () => `${phrase(40, random).slice(0, 78).trim().replace(/ \S*$/, '')}\n`)
  },
  'headline-like lines': (size) => {
    const random = seeded(5)
    return fill(size, () => `${headline(random)}\n`)
  },
  'headline-like lines, spaced, over a story': (size) => {
    const random = seeded(5)
    return fill(size, () => `${headline(random)}\n\n`) + story(random)
  },
  'headline-like lines, spaced, in a story': (size) => between(size, (_, random) => `${headline(random)}\n\n`),
  'date lines': (size) => fill(size, (i) => `${1 + (i % 28)} May ${1950 + (i % 70)}\n`),
  'date lines in a story': (size) =>
    between(
      size,
      (i) => `Updated ${1 + (i % 28)} May ${1950 + (i % 70)} ${twoDigits(i % 24)}:${twoDigits(i % 60)}\n\n`,
    ),
  'caption pairs': (size) => {
    const random = seeded(6)
    return fill(size, () => `${`${capitalised(phrase(14, random))} - AFP\n`.repeat(2)}\n`)
  },
  'caption pairs in a story': (size) =>
    between(size, (_, random) => `${`${capitalised(phrase(14, random))} - AFP\n`.repeat(2)}\n`),
  'lines of one character': (size) => fill(size, (i) => `${String.fromCharCode(97 + (i % 26))}\n`),
  'lines of one character far apart in a story': (size) =>
    between(size, (i) => `${String.fromCharCode(97 + (i % 26))}\n\n\n`),
  promos: (size) => {
    const random = seeded(8)
    return fill(size, () => `Related: ${headline(random)}\n`)
  },
  'promos in a story': (size) =>
    between(size, (i, random) => `${i % 2 === 0 ? 'Related: ' : 'Read more: '}${headline(random)}\n\n`),
  'headers of lists': (size) => between(size, (i) => `${i % 2 === 0 ? 'Related' : 'Most read'}\n\n`),
  'comment headers': (size) =>
    between(size, (i, random) => (i % 14 === 0 ? 'Comments (3)\n\n' : `${pick(VOCABULARY, random)}\n\n`)),
  addresses: (size) => between(size, (i) => `https://harbour.example/story/${i}\n`),
  'addresses under headlines': (size) => {
    const random = seeded(9)
    const heads = Array.from({ length: 20 }, () => `${headline(random)}\n\n`).join('')
    return heads + story(random) + fill(size, (i) => `https://harbour.example/story/${i}\n`)
  },
  verse: (size) => {
    const random = seeded(10)
    return fill(
      size,
      (i) =>
        `${i % 5 === 4 ? 'O the harbour, O the harbour' : capitalised(phrase(6, random))}\n${i % 5 === 4 ? '\n' : ''}`,
    )
  },
  'list items': (size) => {
    const random = seeded(11)
    return fill(size, (i) => `${i + 1}. ${phrase(5, random)}\n`)
  },
  names: (size) =>
    between(
      size,
      (_, random) => `By ${capitalised(pick(VOCABULARY, random))} ${capitalised(pick(VOCABULARY, random))}\n\n`,
    ),
  'breadcrumbs over a story': (size) => fill(size, (i) => `Home > World > Asia ${i % 7}\n\n`) + story(seeded(12)),
  'Chinese prose': (size) =>
    fill(
      size,
      (i) => `${'港口议会昨日举行会议讨论新桥的预算工程师表示'.repeat(3)}${i % 9}。${i % 4 === 0 ? '\n\n' : ''}`,
    ),
  'Chinese without a full stop': (size) => '港口议会昨日举行会议讨论新桥的预算'.repeat(size / 16).slice(0, size),
  NULs: (size) => '\0'.repeat(size),
  'letters and NULs': (size) => 'a\0'.repeat(size / 2),
  'lone surrogates': (size) => 'x\uD800'.repeat(size / 2),
  'line separators': (size) => fill(size, (i) => `${VOCABULARY[i % 40] ?? ''}\u2028`),
  'emphasis marks': (size) => fill(size, (i) => `**${VOCABULARY[i % 40] ?? ''} __`),
}
