#!/usr/bin/env node
// This file alone has to run on an older Node, to say what is the matter; everything else is imported after the check.

/** As `engines` in package.json has it; a test compares the two. */
const MIN_MAJOR = 24
const MIN_MINOR = 15

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < MIN_MAJOR || (major === MIN_MAJOR && minor < MIN_MINOR)) {
  process.stderr.write(`onestory: needs Node ${MIN_MAJOR}.${MIN_MINOR} or later; this is ${process.versions.node}\n`)
  process.exitCode = 1
} else {
  const { main } = await import('./cli/main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
