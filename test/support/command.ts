import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text as readAll } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** Runs the command of the sources as a process of its own. */

export const root: string = fileURLToPath(new URL('../..', import.meta.url))
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:(?:NO|FORCE)_COLOR|COLUMNS)$/.test(name)),
)

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Setting {
  /** Standard input; null leaves it open, and nothing comes. */
  readonly input?: string | Uint8Array | null
  readonly env?: Readonly<Record<string, string>>
  /** Of Node itself. */
  readonly nodeArgs?: readonly string[]
}

export function start(args: readonly string[], setting: Setting = {}): ChildProcess {
  const child = spawn(process.execPath, [...(setting.nodeArgs ?? []), cli, ...args], {
    cwd: root,
    env: { ...env, ...setting.env },
  })
  child.stdin.on('error', () => undefined) // a command that reads nothing may be gone by now
  if (setting.input !== null) child.stdin.end(setting.input ?? '')
  return child
}

export async function finish(child: ChildProcess): Promise<Outcome> {
  if (child.stdout === null || child.stderr === null) throw new Error('no pipes')
  const [stdout, stderr] = await Promise.all([readAll(child.stdout), readAll(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}

export function run(args: readonly string[], setting: Setting = {}): Promise<Outcome> {
  return finish(start(args, setting))
}
