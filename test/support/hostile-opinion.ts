import type { HtmlInput } from '../../src/worker/contract.ts'
import { work as obey } from './hostile-thread.ts'

/** A thread for second opinions that does what the comment at the start of the page says; see `hostile-thread.ts`. */
export async function work(input: HtmlInput | null): Promise<unknown> {
  const order = /^<!--(.*?)-->/.exec(input?.html ?? '')?.[1] ?? ''
  await obey(input === null ? null : { html: order })
  return { result: null }
}
