import { OnestoryError } from './errors.ts'
import { assess } from './confidence.ts'
import { fingerprint } from './features/fingerprint.ts'
import type { Opinion, Page } from './features/measured.ts'
import { measurePage } from './features/page.ts'
import { buildLedger, listRemovals } from './ledger.ts'
import { completeStory } from './metadata/complete.ts'
import { describeStory } from './metadata/describe.ts'
import type { Scorer } from './model/index.ts'
import type { Openings } from './model/openings.ts'
import { HEAD_AGAIN, METADATA_PASSES } from './metadata/index.ts'
import { resolveOptions, type CleanOptions } from './options.ts'
import { PAGE_PASSES } from './passes/index.ts'
import type { Declared } from './read/html/declared.ts'
import { readHtml, type HtmlReadResult } from './read/html.ts'
import { readText } from './read/text.ts'
import { renderHtml } from './render/html.ts'
import { renderShapes } from './render/shapes.ts'
import { renderText } from './render/text.ts'
import { runPasses, type Rulings } from './run-passes.ts'
import { settle } from './settle.ts'
import type { BoundaryWeights } from './stories/boundary.ts'
import { chooseMain } from './stories/choose-main.ts'
import { segmentStories, type Segment } from './stories/segment.ts'
import type { Block, CleanResult, OtherStory, Story, Warning } from './types.ts'
import { RULESET, VERSION } from './version.ts'

/** What was fitted on data; what ships when not given. */
export interface Fitted {
  readonly scorer?: Scorer | undefined
  readonly htmlScorer?: Scorer | undefined
  readonly boundaries?: BoundaryWeights | undefined
  readonly openings?: Openings | undefined
}

interface Examined {
  readonly answer: CleanResult
  readonly doubts: readonly number[]
}

/**
 * Cleans raw scraped text into one story. Pure and synchronous: the same text and options give the same answer, and time grows
 * with the length of the text and no faster.
 *
 * The body is never more than the text gave: paragraphs in their order, white space joined, emphasis and heading marks dropped.
 * Every visible character of the text is in the body, in a field, in another story or in `removed`.
 *
 * @param text raw text as scraped, any language, any line breaks
 * @throws {OnestoryError} INPUT_NOT_STRING, OPTIONS_INVALID
 * @example
 * const { title, textContent, removed } = cleanText(raw)
 */
export function cleanText(text: string, options: CleanOptions = {}): CleanResult {
  return examine({ text }, options).answer
}

/**
 * Cleans HTML into one story; see {@link cleanText}. Builds no DOM. Offsets are those of the HTML.
 * @throws {OnestoryError} INPUT_NOT_STRING, OPTIONS_INVALID
 */
export function cleanHtml(html: string, options: CleanOptions = {}): CleanResult {
  return examine({ html }, options).answer
}

/** What is cleaned; `read` is what {@link readHtml} made of the same HTML, where the caller has it. */
export type Source = { readonly text: string } | { readonly html: string; readonly read?: HtmlReadResult }

/**
 * The answer, and what its confidence was read from.
 *
 * @param fitted a scorer and boundaries that were fitted on other pages; for measuring
 * @param opinion what another program says of the blocks of HTML
 */
export function examine(
  source: Source,
  options: CleanOptions = {},
  fitted: Fitted = {},
  opinion: Opinion | null = null,
): Examined {
  const { include, ...hints } = resolveOptions(options)
  const { input, blocks, warnings, declared } = read(source)
  const page = measurePage(
    input,
    blocks,
    { ...hints, declared, opinion },
    declared === null ? fitted.scorer : fitted.htmlScorer,
  )
  const onPage = runPasses(PAGE_PASSES, page)
  const segments = segmentStories(page, onPage, fitted.boundaries, fitted.openings)
  const kept = freeHeads(onPage, segments)
  const choice = chooseMain(page, segments, kept)
  const ruled = segments.reduce((before, segment) => runStoryPasses(page, segment, before, segments.length === 1), kept)
  const rulings = settle(page, segments[choice.main], ruled, fitted.scorer)

  const stories = segments.map((segment) => ({
    segment,
    story: renderStory(page, segment, rulings, include.has('content')),
  }))
  const found = stories[choice.main]?.story
  if (found === undefined) throw new Error('a page has no segment')
  const main = completeStory(found, page)
  const others = stories.filter((_, i) => i !== choice.main)
  const otherStories = others.map(({ segment, story }): OtherStory => ({ ...story, ...spanOf(page, segment) }))
  const storyOf = (id: number): number | null => {
    const index = others.findIndex(({ segment }) => id >= segment.first && id <= segment.last)
    return index < 0 ? null : index
  }
  const removed = listRemovals(page, rulings)
  const verdict = assess(page, main, otherStories, rulings, choice.isClose)
  const title = main.title ?? page.knownTitle
  const answer: CleanResult = {
    ...main,
    title,
    otherStories,
    removed,
    ledger: include.has('ledger') ? buildLedger(page, rulings, storyOf) : null,
    confidence: verdict.confidence,
    warnings: [...warnings, ...verdict.warnings] satisfies readonly Warning[],
    fingerprint: fingerprint(main.textContent),
    engine: {
      name: 'onestory',
      version: VERSION,
      ruleset: RULESET,
      path: declared === null ? 'text' : opinion === null ? 'html' : 'html+readability',
    },
  }
  return { answer, doubts: verdict.doubts }
}

function read(source: Source): {
  readonly input: string
  readonly blocks: readonly Block[]
  readonly warnings: readonly Warning[]
  readonly declared: Declared | null
} {
  const input = 'text' in source ? source.text : source.html
  if (typeof input !== 'string') throw new OnestoryError('INPUT_NOT_STRING')
  if ('text' in source) return { input, ...readText(input), declared: null }
  return { input, ...(source.read ?? readHtml(input)) }
}

/** What is a story's head, now that it is known where the story begins, is none of a list of teasers. */
function freeHeads(found: Rulings, segments: readonly Segment[]): Rulings {
  const freed = new Set(segments.flatMap((segment) => segment.freed))
  return freed.size === 0 ? found : new Map([...found].filter(([id]) => !freed.has(id)))
}

/** Over one story of several the passes run again, since its own first and last paragraph count; then those that read its head. */
function runStoryPasses(page: Page, segment: Segment, before: Rulings, isOnly: boolean): Rulings {
  const passes = isOnly ? METADATA_PASSES : [...PAGE_PASSES, ...METADATA_PASSES]
  return runPasses([...passes, ...HEAD_AGAIN], page, before, segment)
}

function renderStory(page: Page, segment: Segment, rulings: Rulings, withContent: boolean): Story {
  const blocks = page.blocks.slice(segment.first, segment.last + 1)
  const body = blocks.filter((block) => !rulings.has(block.id))
  const textContent = renderText(page, body)
  const render = page.declared === null ? renderHtml : (): string => renderShapes(page, body)
  return {
    ...describeStory(page, blocks, body, rulings),
    textContent,
    length: textContent.length,
    content: withContent ? render(textContent) : null,
  }
}

function spanOf(page: Page, segment: Segment): { start: number; end: number } {
  return { start: page.blocks[segment.first]?.start ?? 0, end: page.blocks[segment.last]?.end ?? 0 }
}
