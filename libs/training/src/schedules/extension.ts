import { linear } from "./linear.ts"
import type { Schedule } from "./schedule.ts"

/**
 * Round 1 -> round 2: a longer run that takes over a tuned schedule. Playbook, "Deciding how long to train when
 * training is compute-bound", round 2.
 */
export interface RoundOne {
  readonly steps: number
  readonly decayStart: number
  readonly endFactor: number
}

/** The constant part grows and the decay stays as long as it was: for linear decay, extend the constant part. */
export const extendConstantPart = (round: RoundOne, steps: number): Schedule =>
  linear({ steps, endFactor: round.endFactor, decayStart: steps - (round.steps - round.decayStart) })

/** The whole course is stretched: decay begins at the same share of the run. */
export const stretched =
  (schedule: Schedule, from: number, to: number): Schedule =>
  (step) =>
    schedule((step * from) / to)
