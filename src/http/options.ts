import { INCLUDES, type CleanOptions, type Include } from '../options.ts'
import { Problem } from '../problems.ts'
import type { CleanQuery } from './schemas.ts'

/**
 * Options of the query as a cleaner takes them.
 * @throws {Problem} options-invalid
 */
export function readQuery({ url, title, lang, include, readability }: CleanQuery): CleanOptions {
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(lang === undefined ? {} : { lang }),
    ...(readability === undefined ? {} : { readability }),
    ...(include === undefined ? {} : { include: readIncludes(include) }),
  }
}

function readIncludes(include: NonNullable<CleanQuery['include']>): Include[] {
  const names = [include].flat().flatMap((list) => list.split(','))
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const known = INCLUDES.find((value) => value === name)
      if (known !== undefined) return known
      throw new Problem('options-invalid', `include takes ${INCLUDES.join(', ')}.`, {
        errors: [{ pointer: '/include', detail: `must be of ${INCLUDES.join(', ')}` }],
      })
    })
}
