/** Columns where nothing says how many there are. */
const USUAL_COLUMNS = 80

/** Where output goes, as far as its look is concerned. */
export interface Terminal {
  readonly color: boolean
  /** Columns; null when it is no terminal, and lines are not to be wrapped. */
  readonly width: number | null
}

/**
 * What standard output is. Colours that are forced into a pipe, as for `less -R`, come with a width.
 * @see https://no-color.org and https://force-color.org
 */
export function describeTerminal(): Terminal {
  const { NO_COLOR = '', FORCE_COLOR = '', COLUMNS = '' } = process.env
  const isForced = NO_COLOR === '' && FORCE_COLOR !== '' && FORCE_COLOR !== '0'
  const color = isForced || (NO_COLOR === '' && process.stdout.isTTY && process.stdout.hasColors())
  const width = process.stdout.isTTY ? process.stdout.columns : 0
  if (width > 0) return { color, width }
  const told = /^\d{1,4}$/.test(COLUMNS) ? Number(COLUMNS) : 0
  return { color, width: color ? told || USUAL_COLUMNS : null }
}
