export const DIFF: string = `Usage: onestory diff [OPTION…] OLD NEW
       onestory diff [OPTION…] --a OPTIONS --b OPTIONS FILE|FOLDER…

Tells what is different between two answers on the same documents: in the first
form the answers of two versions, files of JSON lines as batch and clean --json
write them, paired by "id" (or "file"); in the second form the answers that two
sets of options give on each file. "onestory clean --diff OPTIONS FILE…" compares
the options of that command with changed ones.

OPTIONS are some of url=…, title=…, lang=… and readability=auto|always|never, with
commas between them; --a or --b alone compares with no options at all.

For each document with a difference: the fields, the paragraphs of the body that
went (-) and came (+), and where the other answer has them: the reason for which it
removed them, a field, another story, moved, reworded. At the end the number of
documents that are the same and not, and the words lost and gained by those places.

Options:
      --json           one line of JSON for each document with a difference, and a
                       last one {"summary": …}
      --html, --text, --charset
                       how files are read; see: onestory help clean
  -h, --help           print this help

Exit codes: 0 no difference, 1 wrong usage, 2 an input cannot be read,
4 answers differ

Examples:
  onestory diff before.ndjson after.ndjson.gz
  onestory diff --a readability=never --b readability=always pages/
`
