/** Hands out stretches of memory, at addresses that four numbers at a time can be read from. */
export class Arena {
  /** Numbers handed out, of four bytes. */
  size = 0

  /** The address of so many numbers. */
  take(numbers: number): number {
    const at = this.size
    this.size += Math.ceil(numbers / 4) * 4
    return at
  }
}
