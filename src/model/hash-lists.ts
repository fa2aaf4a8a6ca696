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
  readonly #offsets: number[] = [0]

  /** The number that the next list gets. */
  get next(): number {
    return this.#offsets.length - 1
  }

  /** Adds a list, its first `count` values. */
  add(values: ArrayLike<number>, count: number = values.length): void {
    if (this.#count + count > this.#values.length) this.#grow(count)
    for (let i = 0; i < count; i++) this.#values[this.#count++] = values[i] ?? 0
    this.#offsets.push(this.#count)
  }

  #grow(count: number): void {
    const larger = new Int32Array(Math.max(this.#values.length * 2, this.#count + count))
    larger.set(this.#values)
    this.#values = larger
  }

  /** @param listOf number of each block's list; one list a block, in order, when not given */
  build(listOf: Int32Array = Int32Array.from({ length: this.next }, (_, i) => i)): HashLists {
    return { listOf, offsets: Int32Array.from(this.#offsets), values: this.#values.subarray(0, this.#count) }
  }
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
