import type { Language } from '../types.ts'
import { de } from './de.ts'
import { el } from './el.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { ru } from './ru.ts'
import { zh } from './zh.ts'

export const LANGUAGES: readonly Language[] = [en, de, pl, ru, el, zh, es, nl]
