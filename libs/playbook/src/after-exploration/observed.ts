import type { BayesianSearch, Observation, StudyDesign } from "@tanren/search"
import { type Hyperparameters, isComparable, type Metric, type Trial } from "@tanren/terms"
import type { TrialVariance } from "../adopting-a-change/variances.ts"
import { isInside } from "./refined-space.ts"

/** What a search may learn from: trials that ended by themselves, inside its space. Failed ones say nothing of a point. */
export const observedIn = (
  space: Pick<StudyDesign, "searched" | "held">,
  trials: ReadonlyArray<Trial>,
): ReadonlyArray<Trial> =>
  trials.filter((trial) => (trial.status === "infeasible" || isComparable(trial)) && isInside(space, trial))

/**
 * Points inside its space that were tried without a result: the search looks elsewhere, or a program that fails at a
 * point would be sent there again in every batch.
 */
export const failedIn = (
  space: Pick<StudyDesign, "searched" | "held">,
  trials: ReadonlyArray<Trial>,
): ReadonlyArray<Hyperparameters> =>
  trials
    .filter((trial) => (trial.status === "failed" || trial.status === "cancelled") && isInside(space, trial))
    .map(({ hyperparameters }) => hyperparameters)

/** As the search is told them: smaller is better, and no value is infeasible. */
export const observations = (trials: ReadonlyArray<Trial>, { goal }: Metric): ReadonlyArray<Observation> =>
  trials.map((trial) =>
    isComparable(trial)
      ? { hyperparameters: trial.hyperparameters, value: turned(trial.value, goal) }
      : { hyperparameters: trial.hyperparameters },
  )

/** The search counts downwards. Its own inverse. */
export const turned = (value: number, goal: Metric["goal"]): number => (goal === "minimize" ? value : -value)

export const searchOf = (
  { searched, held }: Pick<StudyDesign, "searched" | "held">,
  seed: number,
  trialVariance: TrialVariance | null,
): BayesianSearch => ({
  hyperparameters: searched,
  held,
  seed,
  ...(trialVariance !== null && trialVariance.sd > 0 ? { noise: trialVariance.sd } : {}),
})

/** A point of the search with what is held still, as a trial has it. */
export const whole = ({ held }: Pick<StudyDesign, "held">, point: Hyperparameters): Hyperparameters => ({
  ...held,
  ...point,
})
