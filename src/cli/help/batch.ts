export const BATCH: string = `Usage: onestory batch [OPTION…] INPUT

Cleans many documents by all cores and writes one line of JSON for each, in the
order of the documents. Memory does not grow with their number.

INPUT is one of
  a file of JSON lines   {"id": …, "text": …} or {"id": …, "html": …}, each with the
                         options it needs: url, title, lang, include, readability
  a folder               its .txt, .md and .html files, those of folders below
                         included, by name; "id" is the path from the folder
  "-"                    JSON lines from standard input
Gzip is known by its first bytes.

A line of the answer is {"id": …, and all that clean --json prints}, or
{"id": …, "line": N, "problem": {"code": …, "detail": …, …}}: a document that
cannot be cleaned spoils its own line alone.

Output:
  -o, --output FILE      where answers go, compressed when its name ends in .gz
                         (default: standard output)
      --resume           goes on where FILE ends: a torn last line is cut off, and
                         the ids are compared with those of INPUT
      --force            writes FILE anew; otherwise one that is there is refused

Other options:
      --workers N        threads (default: one for each core)
      --deadline S       seconds for one document, waiting included (default: 60)
      --url, --title, --lang, --include, --readability
                         for documents that do not say it themselves
      --charset, --html, --text
                         how the files of a folder are read; see: onestory help clean
  -h, --help             print this help

A terminal on standard error shows documents, speed and the time left. SIGINT
(Ctrl-C) and SIGTERM end the reading: what is under way is finished and written,
and the exit code is 130. A second signal ends at once.

Exit codes: 0 ok, 1 wrong usage, 2 some documents have a problem, or INPUT or FILE
cannot be read or written, 130 ended early by a signal

Examples:
  onestory batch pages.ndjson.gz -o stories.ndjson.gz
  onestory batch pages.ndjson -o stories.ndjson --resume
  onestory batch crawl/ --include content > stories.ndjson
`
