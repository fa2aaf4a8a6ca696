export const CLEAN: string = `Usage: onestory clean [OPTION…] [FILE…]

Prints the body of the one story in each FILE: paragraphs with an empty line
between them. Without a FILE, or for "-", reads standard input.

Form of the answer:
      --json            everything: fields, other stories, removed pieces; one
                        document, or for several files one line each, with "file"
      --markdown        title, body and crossheads
      --explain         the whole input, removed text struck through in place with
                        its reason in the margin; other stories folded beneath
      --unfold          with --explain: other stories where they stand
      --diff OPTIONS    what changes when the options are others, as in
                        "readability=always,lang=en"; see: onestory help diff

What is known about the input:
      --html, --text    what it is; otherwise HTML by its name (.html, .htm) or its
                        first tag (<!doctype html>, <html>), else text
      --url URL         where it came from; never fetched
      --title TITLE     its title: decides between several stories
      --lang TAG        its language, as in "en"; otherwise detected
      --charset NAME    its encoding; otherwise the byte order mark, else UTF-8

Other options:
      --readability M   for HTML: whether Readability is asked, "auto" (the
                        default), "always" or "never"
      --include LIST    with --json: "content" (HTML of the body), "ledger" (every
                        span of the input with its fate), or both with a comma
  -h, --help            print this help

Colours need a terminal; NO_COLOR turns them off, FORCE_COLOR on. Without a
terminal --explain writes a mark before each line, and does not wrap.
Warnings go to standard error. A file that cannot be read does not stop the
others; of several exit codes the highest counts:
  0 ok, 1 wrong usage, 2 input that cannot be read, 3 nothing found,
  4 answers differ (with --diff)

Examples:
  onestory clean page.txt
  curl -s https://example.org/page.html | onestory clean --json
  FORCE_COLOR=1 onestory clean --explain page.txt | less -R
`
