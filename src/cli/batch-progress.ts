/** What a batch has done. */
export interface Done {
  readonly documents: number
  /** Of the documents as they came, UTF-16 code units of their lines or texts. */
  readonly characters: number
  readonly problems: number
  /** Answers without a body. */
  readonly empty: number
}

const MILLION = 1_000_000
/** Between two drawings of the line, milliseconds. */
const INTERVAL_MS = 500
/** Before that nothing can be said about the time left, milliseconds. */
const MIN_ELAPSED_MS = 2000
const MIN_SHARE = 0.001

const english = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** A line on standard error that is drawn over and over, while it is a terminal. */
export function watchProgress(
  stream: NodeJS.WriteStream,
  done: () => Done,
  share: () => number | null,
  intervalMs: number = INTERVAL_MS,
): { readonly stop: () => void } {
  if (!stream.isTTY) return { stop: () => undefined }
  const began = performance.now()
  const shareAtStart = share() ?? 0
  const draw = (): void => {
    const line = describeProgress(done(), share(), shareAtStart, performance.now() - began)
    stream.write(`\r\x1b[K${line.slice(0, stream.columns - 1)}`)
  }
  const timer = setInterval(draw, intervalMs)
  return {
    stop: () => {
      clearInterval(timer)
      stream.write('\r\x1b[K')
    },
  }
}

/**
 * Documents, speed, share and time left, as far as they are known.
 * @param shareAtStart what of the source had been read when the time began: a resumed batch does not count it
 */
export function describeProgress(
  { documents, characters, problems }: Done,
  share: number | null,
  shareAtStart: number,
  elapsedMs: number,
): string {
  const parts = [`${english.format(documents)} documents`, `${english.format(speedOf(characters, elapsedMs))} MB/s`]
  if (problems > 0) parts.push(`${english.format(problems)} problems`)
  if (share !== null) {
    parts.push(`${Math.floor(share * 100)} %`)
    const progress = share - shareAtStart
    if (elapsedMs >= MIN_ELAPSED_MS && progress >= MIN_SHARE && share < 1)
      parts.push(`${describeTime((elapsedMs * (1 - share)) / progress)} left`)
  }
  return parts.join(' · ')
}

/** The last line of a batch. */
export function describeDone({ documents, characters, problems, empty }: Done, elapsedMs: number): string {
  const counts = [
    `${english.format(documents)} ${documents === 1 ? 'document' : 'documents'}`,
    `${english.format(problems)} ${problems === 1 ? 'problem' : 'problems'}`,
    `${english.format(empty)} without a story`,
  ]
  return `${counts.join(', ')}, in ${describeTime(elapsedMs)} (${english.format(speedOf(characters, elapsedMs))} MB/s)`
}

/** Millions of characters a second; for text in Latin letters that is megabytes. */
function speedOf(characters: number, elapsedMs: number): number {
  return elapsedMs <= 0 ? 0 : characters / MILLION / (elapsedMs / 1000)
}

function describeTime(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
