import type { HtmlLimits } from '../read/html/limits.ts'

/**
 * What a page may be for a DOM to be built of it: just below, jsdom and Readability take seconds; above, they were seen to take
 * minutes, or more memory than there is. The time is quadratic, or worse, in each of these. Measured with jsdom 31 and Readability
 * 0.6: 256 `<div>` in one another with little text 1 s, 512 more than 10 s; 20,000 paragraphs 1 s, 262,000 more than 10 s; 64
 * tables in one another 1.2 s; 400 open `<b>` 0.8 s, 800 4 s; 16,000 attributes of one element 3 s; `property` of 64 KB 4 s;
 * 1,000 `<noscript>` with an image .3 s, 6,000 54 s. Browsers stop at a depth of 512; large sites were seen to have 26.
 */
const MOST: Readonly<Record<keyof HtmlLimits, number>> = {
  depth: 128,
  elements: 20_000,
  attributes: 256,
  longestAttribute: 256 * 2 ** 10, // linear: pictures and data of programs, which one in four pages has at more than 4 KB
  longestProperty: 4 * 2 ** 10,
  tables: 16,
  formatting: 400,
  noscripts: 250,
}
/** Code units. A page of prose of this length takes jsdom about 2 s. */
const MOST_UNITS = 2 * 2 ** 20

const MEANINGS: Readonly<Record<keyof HtmlLimits, string>> = {
  depth: 'elements in one another',
  elements: 'elements',
  attributes: 'attributes of one element',
  longestAttribute: 'code units in one attribute',
  longestProperty: 'code units in one property',
  tables: 'tables in one another',
  formatting: 'elements of type open at a time',
  noscripts: 'noscript elements',
}

/** Why no DOM may be built of a page, in words; null when one may. */
export function findExcess(html: string, limits: HtmlLimits): string | null {
  if (html.length > MOST_UNITS) return `the page has more than ${MOST_UNITS} code units`
  const name = (Object.keys(MOST) as (keyof HtmlLimits)[]).find((each) => limits[each] > MOST[each])
  return name === undefined ? null : `the page has more than ${MOST[name]} ${MEANINGS[name]}`
}
