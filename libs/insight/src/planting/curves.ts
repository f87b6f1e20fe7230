import type { Measurement, Random, Trial } from "@tanren/terms"
import { between, inside, noiseSd, sample } from "./landscape.ts"
import { inputOf, type Planting, type Setting } from "./scenario.ts"
import { descent, type Family, retraining, stepCorrelation, stepNoise } from "./shapes.ts"

const evaluations = 60

/** One trial's curves against the share of steps done; `valid` excludes noise, `loss` too. */
export interface Curves {
  readonly valid: (done: number) => number
  readonly loss: (done: number) => number
  /** Standard deviation of the steps, where it is what is planted: the same throughout, or by the share done. */
  readonly validNoise?: number | ((done: number) => number)
}

/** How a study's curves move from step to step: standard deviations, and the correlation with the step before. */
export interface Steps {
  readonly validSd: number
  readonly lossSd: number
  readonly correlation: number
}

/** Half of the studies step by half of the retraining noise, the others by less, down to nearly smooth curves. */
export const stepsOf = ({ family, random }: Setting): Steps => {
  const size = random.uniform() < 0.5 ? 1 : 10 ** between(random, -2, 0)
  return {
    validSd: 0.5 * size * noiseSd,
    lossSd: 0.02 * size,
    correlation: stepCorrelation(family, random),
  }
}

/** Steps that hang together for long drift rather than vary: what is told in multiples of the steps' variance would be
 * no more than their drift. */
export const lessDrift = (steps: Steps): Steps => ({ ...steps, correlation: steps.correlation / 3 })

export const measured = (random: Random, steps: Steps, curves: Curves, offset: number): ReadonlyArray<Measurement> => {
  const valid = stepNoise(steps.correlation, random, evaluations)
  const loss = stepNoise(steps.correlation, random, evaluations)
  return Array.from({ length: evaluations }, (_, k) => {
    const done = (k + 1) / evaluations
    const { validNoise = steps.validSd } = curves
    const sd = typeof validNoise === "number" ? validNoise : validNoise(done)
    return {
      step: (k + 1) * 50,
      metrics: {
        "valid/error": offset + curves.valid(done) + sd * valid[k]!,
        "train/loss": curves.loss(done) + steps.lossSd * loss[k]!,
      },
    }
  })
}

/** A study whose trials all have such curves, around a landscape that spreads them. */
export const withCurves = (
  setting: Setting,
  curvesOf: (random: Random, steps: Steps) => Curves,
  steps: Steps = stepsOf(setting),
): Planting => {
  const { family, random } = setting
  const landscape = inside(family, random, 4)
  const trials = sample(landscape, random, setting.trials).map((point, i): Trial => {
    const offset = 0.1 + point.cost + noiseSd * retraining(family, random)
    return {
      id: `t${i}`,
      hyperparameters: point.hyperparameters,
      status: "completed",
      measurements: measured(random, steps, curvesOf(random, steps), offset),
    }
  })
  return { input: inputOf(setting, landscape, { trials }) }
}

export const falling = (family: Family, random: Random, size: number, speed: number) => {
  const fall = descent(family)
  const own = speed * between(random, 0.8, 1.25)
  return (done: number) => size * (1 - fall(done, own))
}

/** Ended long before: what is left after half of the steps is far below the noise. */
export const ended = (family: Family, random: Random, size = 0.3) =>
  falling(family, random, size, family === "tuning" ? 20 : 60)

/** Validation that worsens from `since` on by `by` until the end. */
export const worseFrom = (family: Family, since: number, by: number) => (done: number) =>
  done <= since ? 0 : by * ((done - since) / (1 - since)) ** (family === "tuning" ? 1 : 1.5)
