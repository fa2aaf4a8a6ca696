// AssemblyScript, not TypeScript: compiled by `npm run kernel` to kernel.wasm.json. Four numbers are worked on at a time.
// Addresses and widths are in numbers of four bytes; `outputs` is a multiple of 16, `channels` of 4. All memory is the caller's.

/** What becomes of a sum: stored as the positive part, or added to what stands there as its positive part. */
const ADD: i32 = 1

/** For every row: sums of inputs by weights plus bias, one an output. Weights lie input by input. Two rows go together. */
export function dense(
  input: i32,
  weights: i32,
  bias: i32,
  output: i32,
  rows: i32,
  inputs: i32,
  outputs: i32,
  mode: i32,
): void {
  for (let row = 0; row < rows; row += 2) {
    const a = (input + row * inputs) << 2
    // The last of an odd number of rows is computed twice, to the same place.
    const step = row + 1 < rows ? 1 : 0
    const b = a + ((step * inputs) << 2)
    for (let at = 0; at < outputs; at += 16) {
      const from = (bias + at) << 2
      let a0 = v128.load(from)
      let a1 = v128.load(from, 16)
      let a2 = v128.load(from, 32)
      let a3 = v128.load(from, 48)
      let b0 = a0
      let b1 = a1
      let b2 = a2
      let b3 = a3
      let w = (weights + at) << 2
      for (let i = 0; i < inputs; i++) {
        const w0 = v128.load(w)
        const w1 = v128.load(w, 16)
        const w2 = v128.load(w, 32)
        const w3 = v128.load(w, 48)
        const x = v128.load32_splat(a + (i << 2))
        const y = v128.load32_splat(b + (i << 2))
        a0 = f32x4.add(a0, f32x4.mul(x, w0))
        a1 = f32x4.add(a1, f32x4.mul(x, w1))
        a2 = f32x4.add(a2, f32x4.mul(x, w2))
        a3 = f32x4.add(a3, f32x4.mul(x, w3))
        b0 = f32x4.add(b0, f32x4.mul(y, w0))
        b1 = f32x4.add(b1, f32x4.mul(y, w1))
        b2 = f32x4.add(b2, f32x4.mul(y, w2))
        b3 = f32x4.add(b3, f32x4.mul(y, w3))
        w += outputs << 2
      }
      const to = (output + row * outputs + at) << 2
      put(to, a0, mode)
      put(to + 16, a1, mode)
      put(to + 32, a2, mode)
      put(to + 48, a3, mode)
      if (step === 1) {
        const next = to + (outputs << 2)
        put(next, b0, mode)
        put(next + 16, b1, mode)
        put(next + 32, b2, mode)
        put(next + 48, b3, mode)
      }
    }
  }
}

// @ts-expect-error decorators of AssemblyScript
@inline
function put(to: i32, sum: v128, mode: i32): void {
  const positive = f32x4.max(sum, f32x4.splat(0))
  v128.store(to, mode === ADD ? f32x4.add(v128.load(to), positive) : positive)
}

/** For every row and channel: the positive part of the weighted sum over five rows, `dilation` rows apart; rows beyond both ends must be there. */
export function depthwise(input: i32, weights: i32, output: i32, rows: i32, channels: i32, dilation: i32): void {
  const apart = (dilation * channels) << 2
  for (let at = 0; at < channels; at += 4) {
    const w = (weights + at) << 2
    const width = channels << 2
    const w0 = v128.load(w)
    const w1 = v128.load(w + width)
    const w2 = v128.load(w + 2 * width)
    const w3 = v128.load(w + 3 * width)
    const w4 = v128.load(w + 4 * width)
    for (let row = 0; row < rows; row++) {
      const middle = (input + row * channels + at) << 2
      let sum = f32x4.mul(v128.load(middle - 2 * apart), w0)
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle - apart), w1))
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle), w2))
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle + apart), w3))
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle + 2 * apart), w4))
      v128.store((output + row * channels + at) << 2, f32x4.max(sum, f32x4.splat(0)))
    }
  }
}

/**
 * The mean of the rows of known words: for each hash its row is found in a table of pairs of hash and row (open addressing, a row below
 * nought is empty), after a filter of one bit for the end of each known hash. Sums go in the order of the hashes.
 */
export function mean(
  hashes: i32,
  count: i32,
  filter: i32,
  filterMask: i32,
  slots: i32,
  slotMask: i32,
  rows: i32,
  output: i32,
): void {
  let a = f32x4.splat(0)
  let b = f32x4.splat(0)
  let c = f32x4.splat(0)
  let d = f32x4.splat(0)
  let known = 0
  for (let i = 0; i < count; i++) {
    const hash = load<i32>((hashes + i) << 2)
    const word = load<i32>((filter + ((hash & filterMask) >>> 5)) << 2)
    if (((word >>> (hash & 31)) & 1) === 0) continue
    let slot = hash & slotMask
    let row: i32 = 0
    for (;;) {
      const at = (slots + slot * 2) << 2
      row = load<i32>(at, 4)
      if (row < 0 || load<i32>(at) === hash) break
      slot = (slot + 1) & slotMask
    }
    if (row < 0) continue
    known++
    const from = (rows + row * 16) << 2
    a = f32x4.add(a, v128.load(from))
    b = f32x4.add(b, v128.load(from, 16))
    c = f32x4.add(c, v128.load(from, 32))
    d = f32x4.add(d, v128.load(from, 48))
  }
  if (known > 1) {
    const all = f32x4.splat(<f32>known)
    a = f32x4.div(a, all)
    b = f32x4.div(b, all)
    c = f32x4.div(c, all)
    d = f32x4.div(d, all)
  }
  const to = output << 2
  v128.store(to, a)
  v128.store(to, b, 16)
  v128.store(to, c, 32)
  v128.store(to, d, 48)
}
