import { parseArgs } from 'node:util'
import { keepNewObjectsYoung } from '../v8-flags.ts'
import { RULESET, VERSION } from '../version.ts'
import { EXIT, InputError, UsageError } from './failures.ts'
import { HELP, OVERVIEW } from './help.ts'
import { complain, print, watchStreams } from './output.ts'

/** Gets what follows its name; resolves to the exit code. What a command needs is imported when it runs. */
type Command = (args: readonly string[]) => Promise<number>

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['clean', async (args) => (await import('./clean.ts')).clean(args)],
  ['batch', async (args) => (await import('./batch.ts')).batch(args)],
  ['check', async (args) => (await import('./check.ts')).check(args)],
  ['diff', async (args) => (await import('./diff.ts')).diff(args)],
  ['serve', serve],
  ['help', help],
])

/**
 * Runs one command line and resolves to its exit code.
 * @param argv without the program and the script
 */
export async function main(argv: readonly string[]): Promise<number> {
  keepNewObjectsYoung()
  watchStreams()
  const [name = '', ...args] = argv
  try {
    const command = COMMANDS.get(name)
    if (command === undefined) return await runWithoutCommand(argv)
    return await (asksForHelp(args) ? help([name]) : command(args))
  } catch (error) {
    if (error instanceof InputError) {
      complain(error.message)
      return EXIT.unreadable
    }
    if (!isUsageError(error)) throw error
    complain(error.message.split('. ', 1)[0] ?? '') // the second sentence of parseArgs is about "--"
    complain(`see: onestory help${HELP.has(name) ? ` ${name}` : ''}`)
    return EXIT.usage
  }
}

async function runWithoutCommand(argv: readonly string[]): Promise<number> {
  const [name] = argv
  if (name === undefined) throw new UsageError('no command')
  if (!name.startsWith('-')) throw new UsageError(`unknown command "${name}"; to clean a file: onestory clean ${name}`)
  const { help, version } = parseArgs({
    args: [...argv],
    options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } },
  }).values
  if (help !== true && version !== true) throw new UsageError('no command')
  await print(help === true ? OVERVIEW : `onestory ${VERSION} (ruleset ${RULESET})\n`)
  return EXIT.ok
}

async function help([topic]: readonly string[]): Promise<number> {
  const text = topic === undefined || topic === 'help' ? OVERVIEW : HELP.get(topic)
  if (text === undefined) throw new UsageError(`no help on "${topic ?? ''}"`)
  await print(topic === 'serve' ? `${text}\nSettings:\n${(await import('../http/flags.ts')).describeFlags()}` : text)
  return EXIT.ok
}

/** Resolves when the service listens; the process lives on until a signal ends it. Flags go before the environment. */
async function serve(args: readonly string[]): Promise<number> {
  const { readFlags } = await import('../http/flags.ts')
  const flags = readFlags(args)
  const http = await import('../http/serve.ts')
  await http.serve({ ...process.env, ...flags })
  return EXIT.ok
}

/** After a lone `--` stand names of files. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? args.length : end).some((arg) => arg === '--help' || arg === '-h')
}

function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')
}
