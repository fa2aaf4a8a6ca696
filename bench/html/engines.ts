import { PEER_IDS, loadPeers } from '../peers/index.ts'
import type { Engine } from './engine.ts'
import { FLOOR, FLOOR_ID } from './interleave.ts'
import type { Onestory } from './onestory.ts'

export const MODE_IDS = ['never', 'auto', 'always'] as const
/** As `--only` takes them. */
export const ENGINE_IDS: readonly string[] = [...MODE_IDS, ...PEER_IDS]

export interface Engines {
  readonly onestory: readonly Onestory[]
  readonly peers: readonly Engine[]
}

/** Loads what is asked for and no more: each engine is measured in a process that holds nothing else. */
export async function loadEngines(ids: readonly string[], folds?: string): Promise<Engines> {
  const modes = MODE_IDS.filter((mode) => ids.includes(mode))
  const onestory = modes.length === 0 ? [] : (await import('./onestory.ts')).createOnestory(modes, folds)
  return { onestory, peers: await loadPeers(ids) }
}

/** One engine alone, or the floor. */
export async function loadEngine(id: string): Promise<Engine> {
  if (id === FLOOR_ID) return FLOOR
  const { onestory, peers } = await loadEngines([id])
  const engine = [...onestory, ...peers][0]
  if (engine === undefined) throw new Error(`there is no engine “${id}”`)
  return engine
}
