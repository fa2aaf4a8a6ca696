/** Hashed words as numbers from 0 on, one for each different hash, the first one first. */
export interface NumberedWords {
  readonly numbers: Int32Array
  readonly count: number
}

/** Slots for each word; a table is at most half full. */
const SPARSENESS = 2
/** A larger table is not kept for the next page, slots. */
const MAX_KEPT = 1 << 16

/** Hash and number side by side; room that is used again, since nothing of it outlives a call. */
let kept = new Int32Array(1 << 13)

/** Linear: open addressing, for which hashes need no further mixing. */
export function numberWords(values: Int32Array): NumberedWords {
  const size = 1 << Math.ceil(Math.log2(values.length * SPARSENESS + 2))
  const table = tableOf(size)
  const numbers = new Int32Array(values.length)
  const mask = size - 1
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const hash = values[i] ?? 0
    let slot = hash & mask
    let number = (table[slot * 2 + 1] ?? 0) - 1
    while (number >= 0 && table[slot * 2] !== hash) {
      slot = (slot + 1) & mask
      number = (table[slot * 2 + 1] ?? 0) - 1
    }
    if (number < 0) {
      number = count++
      table[slot * 2] = hash
      table[slot * 2 + 1] = count
    }
    numbers[i] = number
  }
  return { numbers, count }
}

/** An empty table. */
function tableOf(size: number): Int32Array {
  if (size > MAX_KEPT) return new Int32Array(size * 2)
  if (kept.length < size * 2) kept = new Int32Array(size * 2)
  else kept.fill(0, 0, size * 2)
  return kept
}
