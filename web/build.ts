import { mkdirSync, writeFileSync } from 'node:fs'
import { readPageSources } from '../src/http/page-files.ts'

/** Writes the page as it is served to `dist/web/`, for the package and the image, where no types are left to strip. */
const target = new URL('../dist/web/', import.meta.url)
mkdirSync(target, { recursive: true })
for (const [name, text] of readPageSources()) writeFileSync(new URL(name, target), text)
