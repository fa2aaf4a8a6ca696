export const OVERVIEW: string = `Usage: onestory COMMAND [OPTION…]

Raw scraped text in, one clean story out.

Commands:
  clean [FILE…]   print the story of each file, or of standard input
  serve           run the HTTP service
  help [COMMAND]  tell about a command

Options:
  -h, --help      print this help
      --version   print the version

Exit codes: 0 ok, 1 wrong usage, 2 input that cannot be read, 3 nothing found.
`

const CLEAN = `Usage: onestory clean [OPTION…] [FILE…]

Prints the body of the one story in each FILE: paragraphs with an empty line
between them. Without a FILE, or for "-", reads standard input.

Form of the answer:
      --json            everything: fields, other stories, removed pieces; one
                        document, or for several files one line each, with "file"
      --markdown        title, body and crossheads
      --explain         the whole input, removed text marked with its reason

What is known about the input:
      --url URL         where it came from; never fetched
      --title TITLE     its title: decides between several stories
      --lang TAG        its language, as in "en"; otherwise detected
      --charset NAME    its encoding; otherwise the byte order mark, else UTF-8

Other options:
      --include LIST    with --json: "content" (HTML of the body), "ledger" (every
                        span of the input with its fate), or both with a comma
  -h, --help            print this help

Colours need a terminal; NO_COLOR turns them off, FORCE_COLOR on.
Warnings go to standard error. A file that cannot be read does not stop the
others; of several exit codes the highest counts:
  0 ok, 1 wrong usage, 2 input that cannot be read, 3 nothing found

Examples:
  onestory clean page.txt
  curl -s https://example.org/page.txt | onestory clean --json
  onestory clean --explain page.txt | less -R
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
  ['serve', SERVE],
])
