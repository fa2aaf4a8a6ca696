import type { Failure } from './service.ts'
import { countOf, toSize } from './source.ts'

interface Words {
  readonly title: string
  readonly text: string
  /** Label of the button that tries again; null where that cannot help. */
  readonly again: string | null
}

/** What went wrong and what to do about it. */
export function describeFailure({ kind, detail }: Failure, bytes: number): Words {
  switch (kind) {
    case 'too-large': {
      const limit = /\b(\d{1,15}) bytes/.exec(detail ?? '')?.[1]
      const allowed = limit === undefined ? '' : ` It takes up to ${toSize(Number(limit))}.`
      const text = `It has ${toSize(bytes)}, more than the service takes.${allowed} Cut it down, or send the page’s text alone.`
      return { title: 'This is too large', text, again: null }
    }
    case 'locked': {
      const text = 'Whoever runs it gives out tokens. This page keeps yours until it is closed.'
      return { title: 'The service asks for a token', text, again: null }
    }
    case 'busy': {
      const text = detail === null || detail === '' ? 'It has more work waiting than it can do in time.' : detail
      return { title: 'The service is busy', text, again: 'Try now' }
    }
    case 'timeout': {
      const text = 'The answer was not ready in time. Your text is still here; a second try often works.'
      return { title: 'That took too long', text, again: 'Try again' }
    }
    case 'offline': {
      const text = 'There is no network. Your text is still here; it is sent as soon as you are back online.'
      return { title: 'You are offline', text, again: 'Try again' }
    }
    case 'unreachable': {
      const text =
        'The service does not answer: it may have been stopped, or the connection broke. Your text is still here.'
      return { title: 'No connection to the service', text, again: 'Try again' }
    }
    case 'refused':
      return { title: 'The service cannot take this', text: detail ?? 'It did not say why.', again: null }
    case 'broken': {
      const text = 'This is a fault of the service, not of your text.'
      return { title: 'The service failed', text, again: 'Try again' }
    }
  }
}

/** "Trying again in 3 seconds." */
export function describePause(seconds: number): string {
  return `Trying again in ${countOf(seconds, 'second')}.`
}
