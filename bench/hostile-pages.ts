/** Pages of HTML that have hung programs, each of about so many code units. */
const PARAGRAPH =
  '<p>The council of the town voted on Tuesday to rebuild the old bridge, and the work is to begin in spring.</p>'

const fill = (unit: string, size: number): string => unit.repeat(Math.max(1, Math.floor(size / unit.length)))
const page = (body: string): string => `<!doctype html><html><head><title>T</title></head><body>${body}</body></html>`
/** The same unit again and again, above a story. */
const of =
  (unit: string) =>
  (size: number): string =>
    page(fill(unit, size) + PARAGRAPH)

export const HOSTILE_PAGES: Readonly<Record<string, (size: number) => string>> = {
  'html: paragraphs': (size) =>
    page(
      Array.from({ length: Math.floor(size / 120) }, (_, i) =>
        PARAGRAPH.replace('old', `${i} old and <b>new</b>`),
      ).join(''),
    ),
  'html: nested div': of('<div>'),
  'html: nested div, closed': (size) => page(fill('<div>', size / 2) + PARAGRAPH + fill('</div>', size / 2)),
  'html: end tags': of('</div></p></b></td></x-y>'),
  'html: end tags in depth': (size) =>
    page(`<p>${'<div><span>'.repeat(200)}${fill('</b></p></ul></td>', size)}${PARAGRAPH}`),
  'html: nested tables': of('<table><tr><td>'),
  'html: nested lists': of('<ul><li>a'),
  'html: misnested type': of('<b><i><a>'),
  'html: type around blocks': of('<a><div>a</a>'),
  'html: svg and HTML': of('<svg><foreignObject>'),
  'html: short paragraphs': of('<p>a<p>b'),
  'html: line breaks': of('<div>a<br><br>b<br></div>'),
  'html: rows': of('<table><tr><td>a<td>b<td>c</table>'),
  'html: one row': (size) => page(`<table><tr>${fill('<td>a', size)}</table>${PARAGRAPH}`),
  'html: links': of('<a href="/x?y=1">link</a> '),
  'html: attributes': (size) => page(`<div ${fill('a1=x class=b ', size)}>${PARAGRAPH}</div>`),
  'html: one class': (size) => page(`<div class="${fill('a-B_', size)}">${PARAGRAPH}</div>`),
  'html: classes': (size) =>
    page(Array.from({ length: Math.floor(size / 24) }, (_, i) => `<p class="a${i} b-${i}">x${i}`).join('')),
  'html: style attributes': of('<p style="color:red;display :  block;background:url(x)">a, b</p>'),
  'html: entities': of('&amp;&nbsp;&#8212;'),
  'html: bad entities': of('&a&'),
  'html: brackets': of('<'),
  'html: comment without end': (size) => page(`${PARAGRAPH}<!--${fill('-', size)}`),
  'html: meta': of('<meta property="og:title author" content="x">'),
  'html: linked data': (size) =>
    page(`${fill('<script type="application/ld+json">[{"a":[', size / 2)}${fill(']}]</script>', size / 2)}`),
  'html: title': (size) => `<title>${fill('a | b » ', size)}</title>${PARAGRAPH}`,
  'html: headings': of('<h1>A line | of the page</h1>'),
  'html: preformatted': (size) => page(`<pre>${fill('<b>a</b> ', size)}</pre>${PARAGRAPH}`),
  'html: noscript': of('<img data-src=a><noscript><img src=a></noscript>'),
  'html: select': of('<select><option>a'),
  'html: hidden': of('<p hidden>a<span style="display:none">b</span>'),
}
