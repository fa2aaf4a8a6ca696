import { setFlagsFromString } from 'node:v8'

/**
 * Has V8 make new objects among the new ones alone. While a process starts its nursery is small, and what is collected in the middle of a
 * page looks long-lived: V8 then makes the arrays of some dozen places among the old objects for good. There they hold what they point to
 * when the page is long done, half a megabyte a page, which is copied twice and waits for a collection of the whole heap (html-dev,
 * 2026-11-26; `--pretenuring` of `bench -- html` shows what it costs). For processes that are ours; a library leaves the flags of its host alone.
 *
 * @see https://v8.dev/blog/trash-talk on the nursery, and "allocation site pretenuring" (Clifford et al., Memento Mori, ISMM 2015)
 */
export function keepNewObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}
