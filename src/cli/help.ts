import { BATCH } from './help/batch.ts'
import { CHECK } from './help/check.ts'
import { CLEAN } from './help/clean.ts'
import { DIFF } from './help/diff.ts'

export const OVERVIEW: string = `Usage: onestory COMMAND [OPTION…]

Raw scraped text or HTML in, one clean story out.

Commands:
  clean [FILE…]        print the story of each file, or of standard input
  batch INPUT -o FILE  clean many documents, JSON lines or a folder, by all cores
  check CASES          check what answers must and must not contain
  diff OLD NEW         compare the answers of two versions, or of two sets of options
  serve                run the HTTP service
  help [COMMAND]       tell about a command

Options:
  -h, --help           print this help
      --version        print the version

Exit codes:
  0    ok
  1    wrong usage
  2    input that cannot be read, or output that cannot be written
  3    nothing found (clean)
  4    a case does not hold (check), answers differ (diff)
  130  ended early by a signal, what was begun is finished (batch)
`

const SERVE = `Usage: onestory serve [OPTION…]

Runs the HTTP service until SIGTERM or SIGINT, then finishes what it has begun.

Every setting can be given as an option, or in the environment under the name
in capitals: --deadline-ms 5000 is DEADLINE_MS=5000. The option goes first.

  -h, --help     print this help
`

/** Help texts by command. */
export const HELP: ReadonlyMap<string, string> = new Map([
  ['clean', CLEAN],
  ['batch', BATCH],
  ['check', CHECK],
  ['diff', DIFF],
  ['serve', SERVE],
])
