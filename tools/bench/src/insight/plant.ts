import type { InsightInput } from "@tanren/insight"
import type { Random } from "@tanren/terms"
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
