import { cleanHtml } from '../../src/clean.ts'
import type { CleanInput } from '../../src/worker/contract.ts'

/** Threads that were started, and documents that were begun; for tests that say when the second try succeeds. */
const seen = new Int32Array(new SharedArrayBuffer(4))

/** A thread that does what its document says, whatever harm it is: `hang`, `exit`, `heap`, `throw`, `wait MS`. Anything else it cleans. */
export async function work(input: CleanInput | null): Promise<unknown> {
  if (input === null) return null
  const html = 'html' in input ? input.html : input.text
  const [order, time = '0'] = html.split(' ')
  if (order === 'hang') for (;;) Atomics.add(seen, 0, 1)
  if (order === 'exit') process.exit(7)
  if (order === 'heap') fillHeap()
  if (order === 'throw') throw new TypeError('thrown on purpose')
  if (order === 'wait') await new Promise((resolve) => setTimeout(resolve, Number(time)))
  return cleanHtml(html, input)
}

function fillHeap(): never {
  const held: object[] = []
  for (;;) held.push(Array.from({ length: 1000 }, (_, i) => ({ i })))
}
