import { readdirSync, readFileSync } from 'node:fs'

/** A text that tests are run on. */
export interface Input {
  readonly name: string
  readonly text: string
}

const pages = new URL('../fixtures/pages/', import.meta.url)
const seeds = new URL('../../seeds/', import.meta.url)

/** The inputs of all page fixtures and of all seeds. */
export function readInputs(): readonly Input[] {
  const read = (url: URL): string => readFileSync(url, 'utf8')
  return [
    ...readdirSync(seeds)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => ({ name: `seed ${name}`, text: read(new URL(name, seeds)) })),
    ...readdirSync(pages, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => ({ name, text: read(new URL(`${name}/input.txt`, pages)) })),
  ]
}
