import { parseArgs } from 'node:util'
import { fuzzService } from './service/fuzz.ts'

const USAGE = 'usage: npm run bench -- fuzz --runs N [--seed N]   arbitrary requests to the whole service\n'

/** Sends arbitrary requests to the whole service; stops at the first answer that breaks a promise, with its seed. */
export async function report(args: readonly string[]): Promise<void> {
  const { runs, seed } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string' }, seed: { type: 'string' } },
  }).values
  if (runs === undefined) {
    process.stderr.write(USAGE)
    process.exitCode = 1
    return
  }
  const tally = await fuzzService(Number(runs), seed === undefined ? undefined : Number(seed))
  const total = [...tally.values()].reduce((sum, count) => sum + count, 0)
  const statuses = [...tally].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  console.log(`${total} requests, none broke a promise; by status ${statuses.join(', ')}`)
}
