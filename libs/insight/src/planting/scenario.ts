import type { Action, Random } from "@tanren/terms"
import type { InsightInput } from "../study/input.ts"
import { estimatedNoise, type Landscape } from "./landscape.ts"
import type { Family } from "./shapes.ts"

/** One simulated study. `subject`: the only finding that may be a problem; a problem elsewhere is a false alarm. */
export interface Planting {
  readonly input: InsightInput
  readonly subject?: string
  /** What the action must be for the finding to count, by its type. */
  readonly action?: string
}

export interface Setting {
  readonly family: Family
  readonly random: Random
  readonly trials: number
  /** In multiples of the noise. */
  readonly effect: number
}

/** How a question is put to the test. */
export interface Scenario {
  /** What "effect" means for this question. */
  readonly effect: string
  /** Studies that have the problem. */
  readonly present: (setting: Setting) => Planting
  /** Studies that have not, though something like it may be there. */
  readonly absent: (setting: Setting) => Planting
}

/** Something planted, and what has to be said of it. */
export interface Truth {
  /** Where a question is put to the test in more than one way. */
  readonly name?: string
  readonly scenario: Scenario
  /** Told by a finding with this action that is worth a look and no problem: it is counted in the column of problems.
   * Its recall is shown and not promised; only a wrong one does harm. */
  readonly offer?: Action["type"]
}

/** What the bench plants for a question, its plainest form first. */
export type Truths = readonly [Truth, ...ReadonlyArray<Truth>]

export const metric = { name: "valid/error", goal: "minimize" } as const

export const inputOf = (
  setting: Setting,
  landscape: Landscape,
  rest: Pick<InsightInput, "trials"> & Partial<InsightInput>,
): InsightInput => ({
  metric,
  hyperparameters: landscape.planted.map(({ hyperparameter }) => hyperparameter),
  noise: estimatedNoise(setting.family, setting.random),
  schedule: "constant",
  ...rest,
})
