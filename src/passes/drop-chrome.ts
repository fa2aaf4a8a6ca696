import { findByCue } from './cue-rule.ts'
import type { Pass } from './pass.ts'

/** The frame of the site: menus, print and text-size buttons, counters, form lines, app banners. */
export const dropChrome: Pass = {
  name: 'drop-chrome',
  reasons: ['chrome'],
  find: (view) => findByCue(view, ['tool', 'menu', 'counter', 'form', 'video', 'app'], 'chrome'),
}
