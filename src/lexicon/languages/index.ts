import type { Language } from '../types.ts'
import { ar } from './ar.ts'
import { bg } from './bg.ts'
import { ca } from './ca.ts'
import { cs } from './cs.ts'
import { da } from './da.ts'
import { de } from './de.ts'
import { el } from './el.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fa } from './fa.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { hi } from './hi.ts'
import { hu } from './hu.ts'
import { id } from './id.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import { nb } from './nb.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import { ro } from './ro.ts'
import { ru } from './ru.ts'
import { sv } from './sv.ts'
import { th } from './th.ts'
import { tr } from './tr.ts'
import { uk } from './uk.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

/** All languages; where two share a phrase, the earlier one has it. */
export const LANGUAGES: readonly Language[] = [
  en,
  de,
  pl,
  ru,
  el,
  zh,
  es,
  pt,
  it,
  fr,
  nl,
  cs,
  uk,
  tr,
  sv,
  da,
  nb,
  fi,
  ro,
  hu,
  bg,
  ca,
  ar,
  fa,
  he,
  ja,
  ko,
  hi,
  id,
  vi,
  th,
]
