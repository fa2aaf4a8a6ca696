import { readParts } from './crossheads.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const CHARACTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ESCAPES).map(([char, escape]) => [escape, char]),
)

/** A body as minimal HTML: `<p>`, `<h2>` and `<br>` alone, everything else escaped. */
export function renderHtml(textContent: string): string {
  return readParts(textContent)
    .map(({ lines, isCrosshead }) =>
      isCrosshead ? `<h2>${escapeHtml(lines.join(' '))}</h2>` : `<p>${lines.map(escapeHtml).join('<br>')}</p>`,
    )
    .join('\n')
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char)
}

export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot);/g, (escape) => CHARACTERS[escape] ?? escape)
}
