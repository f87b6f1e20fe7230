import { hash32 } from "./random.ts"

/** What a training program is seeded with: initial weights, order of the data, dropout. */
export interface Seeds {
  readonly init: number
  readonly data: number
  readonly dropout: number
}

/**
 * A seed is an input: the same trial gets the same seeds on every attempt, machine and replay. Each is the upper 31
 * bits of the hash of the JSON text `[campaign, study, trial, repeat, "init"]` (31 bits: what every framework takes).
 *
 * @param of.campaign the campaign's seed
 * @param of.study the study's id
 * @param of.trial the trial's index in its study
 * @param of.repeat 0 for the trial itself; 1, 2, … for re-runs with fresh seeds
 */
export function seedsFor(of: {
  readonly campaign: number
  readonly study: string
  readonly trial: number
  readonly repeat: number
}): Seeds {
  const seed = (stream: string): number =>
    hash32(JSON.stringify([of.campaign, of.study, of.trial, of.repeat, stream])) >>> 1
  return { init: seed("init"), data: seed("data"), dropout: seed("dropout") }
}
