import { parseArgs } from 'node:util'
import { SETTING_NAMES, describeSetting, type Config } from './config.ts'

/** The flag of a setting: `--body-limit-bytes` for BODY_LIMIT_BYTES. */
function flagOf(name: keyof Config): string {
  return name.toLowerCase().replaceAll('_', '-')
}

/**
 * Reads settings from a command line; a setting has the same name and the same bounds there as in the environment.
 * @returns values under the names of the environment
 * @throws {TypeError} of parseArgs, for a flag that is not known
 */
export function readFlags(args: readonly string[]): Readonly<Record<string, string>> {
  const options = Object.fromEntries(SETTING_NAMES.map((name) => [flagOf(name), { type: 'string' as const }]))
  const values = parseArgs({ args: [...args], options }).values as Readonly<Record<string, string | undefined>>
  return Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const value = values[flagOf(name)]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Column in which the meaning of a flag begins, and the width of a line, characters. */
const MEANING_AT = 36
const WIDTH = 100

/** The flags with their meanings and defaults, as help has them. */
export function describeFlags(): string {
  return SETTING_NAMES.map((name) => {
    const { description, default: normal } = describeSetting(name)
    const told = normal === '' ? description : `${description} (default: ${normal})`
    return `${`      --${flagOf(name)}`.padEnd(MEANING_AT)} ${wrap(told).join(`\n${' '.repeat(MEANING_AT + 1)}`)}\n`
  }).join('')
}

function wrap(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const isFull = last === undefined || last.length + word.length + 1 > WIDTH - MEANING_AT
    if (isFull) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
