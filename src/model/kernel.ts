import compiled from './kernel/kernel.json' with { type: 'json' }

/**
 * The inner loops of the scorer, as WebAssembly with four numbers at a time: six times as fast as the same loops in JavaScript,
 * and the same bits on every machine. `kernel/kernel.as` is the source, `npm run kernel` compiles it.
 */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number }
  /** Sums of inputs by weights; addresses in numbers. `mode` 0 stores the positive part, 1 adds it. */
  readonly dense: (
    input: number,
    weights: number,
    bias: number,
    output: number,
    rows: number,
    inputs: number,
    outputs: number,
    mode: number,
  ) => void
  /** Weighted sums over five rows, `dilation` rows apart. */
  readonly depthwise: (
    input: number,
    weights: number,
    output: number,
    rows: number,
    channels: number,
    dilation: number,
  ) => void
  /** The mean of the rows of known words, 16 numbers; see `HashTable` for the table, whose masks are its sizes less one. */
  readonly mean: (
    hashes: number,
    count: number,
    filter: number,
    filterMask: number,
    slots: number,
    slotMask: number,
    rows: number,
    output: number,
  ) => void
}

/** What Node has of the WebAssembly interface, and its type packages do not. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}
const PAGE_BYTES = 65_536

/** A kernel of its own memory, with room for so many numbers. */
export function createKernel(numbers: number): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(compiled.wasm, 'base64')))
  const kernel = exports as Kernel
  const missing = Math.ceil((numbers * 4) / PAGE_BYTES) - kernel.memory.buffer.byteLength / PAGE_BYTES
  if (missing > 0) kernel.memory.grow(missing)
  return kernel
}
