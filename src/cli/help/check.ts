export const CHECK: string = `Usage: onestory check [OPTION…] CASES

Cleans each document of CASES, a file of JSON lines or "-", and checks its body.
White space does not count, nor do the marks of emphasis and headings.

A case is one line:
  {"id": "bridge",                      optional, for the report
   "text": … or "html": … or "file": …  one of them; a file counts from CASES
   "mustContain": ["…", …],             snippets the body must have
   "mustNotContain": ["…", …],          snippets it must not have
   "url", "title", "lang", "readability"  optional, as for clean}

The report names each snippet that fails and where it went: the reason for which
it was removed, a field, another story.

Options:
      --json           one line of JSON for each case, with all places
      --url, --title, --lang, --readability
                       for cases that do not say it themselves
  -h, --help           print this help

Exit codes; of several the highest counts: 0 every case holds, 1 wrong usage,
2 a case or a file cannot be read, 4 a case does not hold

Example:
  echo '{"text": "A line.\\n\\nShare", "mustNotContain": ["Share"]}' | onestory check -
`
