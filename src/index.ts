export { cleanHtml, cleanText } from './clean.ts'
export { ERROR_CODES, OnestoryError, type ErrorCode } from './errors.ts'
export type { CleanOptions, Include, ReadabilityMode } from './options.ts'
export { renderMarkdown } from './render/markdown.ts'
export { REASONS, WARNING_CODES } from './types.ts'
export type {
  CleanResult,
  LedgerEntry,
  OtherStory,
  Reason,
  Removal,
  Span,
  Story,
  Warning,
  WarningCode,
} from './types.ts'
export {
  createCleaner,
  type Cleaner,
  type CleanerOptions,
  type CleanerStats,
  type CleanInput,
  type CleanReport,
} from './worker/cleaner.ts'
