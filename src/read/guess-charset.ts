import { analyse } from 'chardet'
import { TextDecoder } from '@exodus/bytes/encoding.js'

/** How many bytes at the start are looked at for UTF-16 without a mark, and which share of one half has to be NUL. */
const UTF16_SAMPLE = 1024
const MIN_NUL_SHARE = 0.4
/** Bytes that are shown to the detector: its time grows with them, and from 1,000 on it was right on all texts tried. */
const SAMPLE = 16 * 2 ** 10
/**
 * Sequences of UTF-8 for each fault that speak for UTF-8 with faults. Letters of another charset form such a sequence by
 * chance only; a text in UTF-8 that was cut or glued has hundreds and few faults.
 */
const MIN_SEQUENCES_PER_FAULT = 2

/**
 * Guesses the charset of bytes that are not UTF-8 and that nobody named a charset for. Latin, Cyrillic, Greek and East Asian charsets are told apart well
 * from 200 letters on, from 60 letters mostly, and below that often not; between charsets that differ in a few letters
 * (ISO-8859-2 and windows-1250) it stays a guess.
 * @returns a name of the Encoding standard, lower case
 */
export function guessCharset(bytes: Uint8Array): string {
  const start = bytes.findIndex((byte) => byte >= 0x80)
  const sample = bytes.subarray(start, start + SAMPLE)
  const { sequences, faults } = tallyUtf8(sample)
  if (sequences > 0 && sequences >= faults * MIN_SEQUENCES_PER_FAULT) return 'utf-8'
  return detect(sample) ?? 'windows-1252'
}

/** UTF-16 without a mark: spaces, digits and Latin letters give it a NUL in one half of its bytes and hardly any in the other. */
export function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.min(bytes.length, UTF16_SAMPLE) >> 1
  if (pairs < 2 || bytes.length % 2 === 1) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs * 2; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  if (odd >= pairs * MIN_NUL_SHARE && even === 0) return 'utf-16le'
  if (even >= pairs * MIN_NUL_SHARE && odd === 0) return 'utf-16be'
  return null
}

/** Letters of several bytes that are whole, and bytes above ASCII that belong to none. */
function tallyUtf8(bytes: Uint8Array): { sequences: number; faults: number } {
  let sequences = 0
  let faults = 0
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i] ?? 0
    const length = byte < 0x80 ? 1 : lengthOf(byte)
    let at = i + 1
    while (at < i + length && (bytes[at] ?? 0) >> 6 === 0b10) at++
    const isWhole = length > 0 && at === i + length
    if (length > 1 && isWhole) sequences++
    // A sequence that the end of the sample cuts is no fault.
    else if (byte >= 0x80 && at < bytes.length) faults++
    i = at
  }
  return { sequences, faults }
}

/** Bytes of the sequence that a byte leads; 0 for one that leads none. */
function lengthOf(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2
  if (lead >= 0xe0 && lead <= 0xef) return 3
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0
}

/** The most probable charset that the Encoding standard has and that fits these bytes; null for none. */
function detect(sample: Uint8Array): string | null {
  const candidates = analyse(sample).flatMap(({ name }) => nameOf(name) ?? [])
  return candidates.find((name) => name !== 'utf-8' && !name.startsWith('utf-16') && fits(sample, name)) ?? null
}

function nameOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return null // as of UTF-32, which no browser knows either
  }
}

/** Letters that a charset does not have, for each hundred bytes: more of them, and it is another. */
const MAX_FAULTS_PER_100 = 2

function fits(sample: Uint8Array, charset: string): boolean {
  const text = new TextDecoder(charset).decode(sample)
  return text.split('\uFFFD').length - 1 <= 1 + (sample.length * MAX_FAULTS_PER_100) / 100
}
