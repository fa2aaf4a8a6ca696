import { parseArgs } from 'node:util'
import { reportAttacks } from './service/attacks.ts'
import { reportCores } from './service/cores.ts'
import { reportCost } from './service/cost.ts'
import { reportOverload } from './service/overload.ts'

const USAGE = `usage: npm run bench -- service PART… [--seconds N]

  cost      processor time of /clean beside that of an echo and of the library, same server, same bodies, in turns
  cores     requests a second on two processors beside one
  overload  200 connections at twice the capacity
  attacks   500 slow clients of each kind at once, and how others fare meanwhile

  --seconds N   about how long a part takes; 75, 50 and 60 when not given; attacks take as long as the limits are
`
const PARTS: Readonly<Record<string, (seconds?: number) => Promise<void>>> = {
  cost: reportCost,
  cores: reportCores,
  overload: reportOverload,
  attacks: reportAttacks,
}

/** Measures the service: what a request costs, what cores bring, what too much work and slow clients do. */
export async function report(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { seconds: { type: 'string' } },
    allowPositionals: true,
  })
  const parts = positionals.map((name) => PARTS[name])
  if (parts.length === 0 || parts.includes(undefined)) {
    process.stderr.write(USAGE)
    process.exitCode = 1
    return
  }
  for (const part of parts) await part?.(values.seconds === undefined ? undefined : Number(values.seconds))
}
