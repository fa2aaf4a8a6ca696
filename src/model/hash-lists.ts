/**
 * Lists of hashed words, end to end in one array: an array for each block would cost more than what stands in it. Blocks that say the
 * same may share a list.
 */
export interface HashLists {
  /** Number of each block's list. */
  readonly listOf: Int32Array
  /** List `l` is `values` from `offsets[l]` to `offsets[l + 1]`. */
  readonly offsets: Int32Array
  /** 32-bit hashes, signed. */
  readonly values: Int32Array
}

/** Puts lists one behind the other. */
export class HashListBuilder {
  #values = new Int32Array(1024)
  #count = 0
  #offsets = new Int32Array(256)
  #lists = 0

  /** The number that the next list gets. */
  get next(): number {
    return this.#lists
  }

  /** Adds a list, its first `count` values. */
  add(values: ArrayLike<number>, count: number = values.length): void {
    if (this.#count + count > this.#values.length) this.#values = enlarged(this.#values, count)
    const room = this.#values
    const from = this.#count
    for (let i = 0; i < count; i++) room[from + i] = values[i] ?? 0
    this.#count = from + count
    if (this.#lists + 1 >= this.#offsets.length) this.#offsets = enlarged(this.#offsets, 0)
    this.#offsets[++this.#lists] = this.#count
  }

  /** @param listOf number of each block's list; one list a block, in order, when not given */
  build(listOf: Int32Array = numbersTo(this.#lists)): HashLists {
    const offsets = this.#offsets.subarray(0, this.#lists + 1)
    return { listOf, offsets, values: this.#values.subarray(0, this.#count) }
  }
}

/** Twice as long, and by `more` at least. */
function enlarged(numbers: Int32Array, more: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2 + more)
  larger.set(numbers)
  return larger
}

function numbersTo(count: number): Int32Array {
  const numbers = new Int32Array(count)
  for (let i = 0; i < count; i++) numbers[i] = i
  return numbers
}

/** So many blocks without hashes. */
export function noHashes(blocks: number): HashLists {
  return { listOf: new Int32Array(blocks), offsets: new Int32Array(2), values: new Int32Array(0) }
}

/** Lists of their own for each block. */
export function toHashLists(rows: readonly ArrayLike<number>[]): HashLists {
  const lists = new HashListBuilder()
  for (const row of rows) lists.add(row)
  return lists.build()
}

/** The hashes of one block. */
export function hashesOf({ listOf, offsets, values }: HashLists, block: number): Int32Array {
  const list = listOf[block] ?? 0
  return values.subarray(offsets[list] ?? 0, offsets[list + 1] ?? 0)
}
