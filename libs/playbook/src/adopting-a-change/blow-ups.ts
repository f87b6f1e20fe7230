import { noiseFromRepeats } from "@tanren/insight"
import type { Metric, Trial } from "@tanren/terms"

/**
 * Whether each run of one point blew up: ended far worse than the others of it, as the checklist's own noise has it. A
 * blow-up is no retraining noise: one among five would be all of the spread, and hide every gain behind it.
 */
export const blowUps = (values: ReadonlyArray<number>, { goal }: Pick<Metric, "goal">): ReadonlyArray<boolean> => {
  const trials = values.map((value, at): Trial => ({ id: `${at}`, hyperparameters: {}, status: "completed", value }))
  const costs = values.map((value) => (goal === "minimize" ? value : -value))
  const { blownUp } = noiseFromRepeats([{ trials, costs }])
  return trials.map((trial) => blownUp.has(trial))
}
