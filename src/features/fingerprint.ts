import { tokenize } from './words.ts'

/** Words of a shingle. @see Broder 1997; four words is the length the field compares articles by */
const SHINGLE = 4
const BITS = 64

/**
 * SimHash of a text: near-duplicate texts have fingerprints that differ in few bits. `simhash64:` and 16 hexadecimal digits,
 * null for a text without words. Case and punctuation do not matter.
 * @see Charikar 2002, Similarity estimation techniques from rounding algorithms
 */
export function fingerprint(text: string): string | null {
  const words = tokenize(text.toLowerCase())
  if (words.length === 0) return null
  const votes = new Int32Array(BITS)
  for (let i = 0; i < Math.max(1, words.length - SHINGLE + 1); i++) {
    const [high, low] = hash(words.slice(i, i + SHINGLE).join(' '))
    for (let bit = 0; bit < 32; bit++) {
      votes[bit] = (votes[bit] ?? 0) + ((low >>> bit) & 1 ? 1 : -1)
      votes[bit + 32] = (votes[bit + 32] ?? 0) + ((high >>> bit) & 1 ? 1 : -1)
    }
  }
  const half = (from: number): string => {
    let value = 0
    for (let bit = 0; bit < 32; bit++) if ((votes[from + bit] ?? 0) > 0) value |= 1 << bit
    return (value >>> 0).toString(16).padStart(8, '0')
  }
  return `simhash64:${half(32)}${half(0)}`
}

/** Two 32-bit halves, FNV-1a with two offsets and a final mix. */
function hash(text: string): readonly [number, number] {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b)
  }
  return [mix(a), mix(b)]
}

function mix(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}
