import { readParts } from './crossheads.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A body as minimal HTML: `<p>`, `<h2>` and `<br>` alone, everything else escaped. */
export function renderHtml(textContent: string): string {
  return readParts(textContent)
    .map(({ lines, isCrosshead }) =>
      isCrosshead ? `<h2>${escape(lines.join(' '))}</h2>` : `<p>${lines.map(escape).join('<br>')}</p>`,
    )
    .join('\n')
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char)
}
