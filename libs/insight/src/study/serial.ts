import { mean, normalUpper } from "@tanren/statistics"
import { judgement, limitsOf, type Thresholds } from "../threshold.ts"

export const thresholds = {
  serialPlaces: judgement(12, "different places along a hyperparameter, for its neighbours to be compared"),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/** Whether neighbours along a hyperparameter are alike, whatever the form of what it does: a wave, a band, two valleys. */
export interface Serial {
  /** Chance of neighbours so alike by luck. */
  readonly p: number
  /** Of the variance, what neighbours share; 0 to 1. */
  readonly share: number
}

/**
 * Von Neumann's ratio (1941): the mean squared difference of neighbours over the variance, 2 of independent values and
 * less of a curve, no quadratic one even. Values should be normal scores, so that one far value does not decide.
 *
 * @param at places along one hyperparameter; null where it is not active
 */
export const serialOf = (at: ReadonlyArray<number | null>, values: ReadonlyArray<number>): Serial => {
  // Points come best first: those of one place must not be neighbours in that order.
  const placed = at
    .flatMap((u, i) => (u === null ? [] : [{ u, value: values[i]!, order: (i * (Math.sqrt(5) - 1)) % 1 }]))
    .sort((a, b) => a.u - b.u || a.order - b.order)
  const n = placed.length
  if (new Set(placed.map(({ u }) => u)).size < limit("serialPlaces")) return { p: 1, share: 0 }
  const average = mean(placed.map(({ value }) => value))
  let differences = 0
  let squares = 0
  placed.forEach(({ value }, i) => {
    squares += (value - average) ** 2
    if (i > 0) differences += (value - placed[i - 1]!.value) ** 2
  })
  if (!(squares > 0)) return { p: 1, share: 0 }
  const ratio = differences / squares
  return {
    p: normalUpper((2 - ratio) / Math.sqrt((4 * (n - 2)) / (n * n - 1))),
    share: Math.min(1, Math.max(0, 1 - ratio / 2)),
  }
}
