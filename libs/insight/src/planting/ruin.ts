import type { Trial } from "@tanren/terms"
import { between, noiseSd } from "./landscape.ts"
import type { Setting } from "./scenario.ts"

/** What becomes of trials that train no model, given all as they would have been otherwise. */
export type Ruin = (setting: Setting, trials: ReadonlyArray<Trial>) => (trial: Trial) => Trial

export const diverges: Ruin =
  () =>
  ({ id, hyperparameters }) => ({ id, hyperparameters, status: "infeasible", reason: "diverged" })

/**
 * They end at a truly bad value that nobody marked: 0.9 where the good ones begin at 0.1, or five to ten times as far out
 * as the good ones reach; close together, as of a model that guesses, or scattered above, as of a loss that grows.
 */
export const endsBadly: Ruin = ({ random }, trials) => {
  const values = trials.flatMap(({ value }) => value ?? [])
  const best = Math.min(...values)
  const scattered = random.uniform() < 0.5
  const reach = Math.max(...values) - best
  const level = Math.max(0.9, best + between(random, 5, 10) * reach)
  return (trial) => {
    const z = random.normal()
    return { ...trial, value: scattered ? level * Math.exp(Math.abs(z)) : level + noiseSd * z }
  }
}

/** What guessing scores in the simulated studies, whose good trials begin at 0.1. */
export const guessing = 0.9

/** They end where guessing would. */
export const guesses: Ruin =
  ({ random }) =>
  (trial) => ({ ...trial, value: guessing + noiseSd * random.normal() })

/** They end orders of magnitude away: 30 to 100 times as far out as the good ones reach, and as a good value is large. */
export const explodes: Ruin = ({ random }, trials) => {
  const values = trials.flatMap(({ value }) => value ?? [])
  const best = Math.min(...values)
  const level = best + between(random, 30, 100) * Math.max(best, Math.max(...values) - best)
  return (trial) => ({ ...trial, value: level * Math.exp(Math.abs(random.normal())) })
}

export const ruined = (
  setting: Setting,
  trials: ReadonlyArray<Trial>,
  ruin: Ruin,
  isBad: (index: number) => boolean,
): ReadonlyArray<Trial> => {
  const end = ruin(setting, trials)
  return trials.map((trial, i) => (isBad(i) ? end(trial) : trial))
}
