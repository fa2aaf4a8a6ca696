/** Pages that were made to harm whoever builds a DOM of them; each has the story. */

export const STORY: readonly string[] = [
  'The ferry to the outer islands will run through the winter for the first time, the harbour board decided on Monday.',
  'Two boats will share the route, and the last one leaves the mainland at nine in the evening, an hour later than before.',
  'Islanders had asked for it for years; the board said that the new pier had made it possible at last.',
]
const PARAGRAPHS = STORY.map((text) => `<p>${text}</p>`).join('\n')
const page = (body: string, head = ''): string =>
  `<!doctype html><html><head><title>Winter ferry</title>${head}</head><body>${body}</body></html>`
const many = (count: number, each: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => each(i)).join('')

/** By what they do; each is answered with the whole story. */
export const HOSTILE_PAGES: Readonly<Record<string, string>> = {
  'deep elements that are just allowed, many times': page(
    `<article>${PARAGRAPHS}</article>${many(150, () => `${'<div>'.repeat(120)}x${'</div>'.repeat(120)}`)}`,
  ),
  'deep headings': page(`${'<h2><section>'.repeat(3000)}</section></h2><article>${PARAGRAPHS}</article>`),
  'custom elements in one another': page(`${'<x-y>'.repeat(5000)}<article>${PARAGRAPHS}</article>`),
  'noscript with images': page(
    `<article>${PARAGRAPHS}</article>${many(3000, (i) => `<img data-src="${i}.jpg"><noscript><img src="${i}.jpg"></noscript>`)}`,
  ),
  'a property of white space': page(
    `<article>${PARAGRAPHS}</article>`,
    `<meta property="og:${' '.repeat(200_000)}x" content="x">`,
  ),
  'data of a program in attributes': page(
    `<article data-state="${'{&quot;a&quot;:1},'.repeat(20_000)}">${PARAGRAPHS}</article>`,
  ),
  'our own mark': page(`<article data-onestory="1"><div data-onestory="0">${PARAGRAPHS}</div></article>`),
  'frames, objects and scripts': page(
    `<article>${PARAGRAPHS}</article>${many(300, () => '<iframe srcdoc="<p>x"></iframe><object data="x"></object>')}<script>for(;;);</script>`,
  ),
  'style sheets that import': page(
    `<article>${PARAGRAPHS}</article>`,
    many(500, (i) => `<style>@import url(http://0.0.0.0/${i}.css); p:has(~ p ~ p) { color: red }</style>`),
  ),
  'many forms and tables': page(
    `<article>${PARAGRAPHS}</article>${many(900, () => '<form><table><tr><td><input></table></form>')}`,
  ),
  'empty elements of type': page(`<article>${PARAGRAPHS}</article>${'<b><i></b></i>'.repeat(300)}`),
  'end tags without start': page(`${'</div></p></article>'.repeat(20_000)}<article>${PARAGRAPHS}</article>`),
}
