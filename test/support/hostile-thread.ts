import { setTimeout } from 'node:timers/promises'
import { cleanHtml } from '../../src/clean.ts'
import type { CleanInput } from '../../src/worker/contract.ts'

/** A thread that does what its document says, whatever harm it is: `hang`, `exit`, `heap`, `throw`, `wait MS`. Anything else it cleans. */
export async function work(input: CleanInput | null): Promise<unknown> {
  if (input === null) return { started: true }
  const html = 'html' in input ? input.html : input.text
  const [order, time = '0'] = html.split(' ')
  if (order === 'hang') for (;;) continue
  if (order === 'exit') process.exit(7)
  if (order === 'heap') fillHeap()
  if (order === 'throw') throw new TypeError('thrown on purpose')
  if (order === 'wait') await setTimeout(Number(time))
  return { result: cleanHtml(html, input), opinion: 'none' }
}

function fillHeap(): never {
  const held: object[] = []
  for (;;) held.push(Array.from({ length: 1000 }, (_, i) => ({ i })))
}
