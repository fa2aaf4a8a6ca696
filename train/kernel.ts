import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Compiles the scorer's inner loops: npm run kernel
// The compiler weighs 100 MB, and is fetched only when this runs. A test compares the digest of the source.

const COMPILER = 'assemblyscript@0.28.20'
const folder = new URL('../src/model/kernel/', import.meta.url)
const source = new URL('kernel.as', folder)
const work = mkdtempSync(join(tmpdir(), 'kernel-'))
writeFileSync(join(work, 'kernel.ts'), readFileSync(source))
const flags = '-O3 --noAssert --runtime stub --enable simd --initialMemory 1'.split(' ')
execFileSync('npx', ['-y', '-p', COMPILER, 'asc', 'kernel.ts', ...flags, '-o', 'kernel.wasm'], {
  cwd: work,
  stdio: 'inherit',
})
const kernel = {
  compiler: COMPILER,
  source: createHash('sha256').update(readFileSync(source)).digest('hex'),
  wasm: readFileSync(join(work, 'kernel.wasm')).toString('base64'),
}
writeFileSync(new URL('kernel.json', folder), `${JSON.stringify(kernel, null, 2)}\n`)
