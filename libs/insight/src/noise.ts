import type { Noise } from "./input.ts"
import { variance } from "./statistics/summary.ts"
import type { Point } from "./study.ts"

/**
 * Retraining (trial) standard deviation, pooled over the groups of equal hyperparameters with other seeds.
 * Playbook, "Determining whether to adopt a training pipeline change": the trial variance. Undefined without repeats,
 * and where all repeats agree exactly: such a program ignores its seed, and shows no noise rather than none.
 */
export const noiseFromRepeats = (points: ReadonlyArray<Point>): Noise | undefined => {
  let squares = 0
  let degreesOfFreedom = 0
  for (const point of points) {
    if (point.costs.length < 2) continue
    squares += variance(point.costs) * (point.costs.length - 1)
    degreesOfFreedom += point.costs.length - 1
  }
  return degreesOfFreedom > 0 && squares > 0
    ? { sd: Math.sqrt(squares / degreesOfFreedom), degreesOfFreedom }
    : undefined
}
