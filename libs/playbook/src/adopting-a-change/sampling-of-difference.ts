import { studentQuantile } from "@tanren/statistics"
import { type MetricUnit, resolutionOf } from "@tanren/terms"
import type { Comparison } from "./comparison.ts"
import { type ExamplesApart, examplesApart, type RightByRun } from "./examples-apart.ts"

/**
 * What the choice of the validation examples alone leaves open of a difference of two rates. Seeds do not show it: all
 * re-runs are measured on the same examples.
 */
export interface SamplingOfDifference {
  readonly examples: number
  /** One standard error, in the metric's own unit; at most, as if the two sides erred on different examples, unless `apart`. */
  readonly sd: number
  /** Which examples the sides differ on, where every run's answers are known: then the error is no bound, but measured. */
  readonly apart?: Omit<ExamplesApart, "variance">
  /** The comparison's interval, widened by it: for other examples of the same kind. */
  readonly low: number
  readonly high: number
}

/**
 * √(p(1 − p)/n + q(1 − q)/n), up to √2 times the error of either rate. Of errors that both sides make nothing remains, but
 * which those are only the answers to each example tell (McNemar 1947): where they are known, the variance is that of the
 * examples' own differences.
 *
 * @param rates mean of each side, in the metric's own unit
 * @param values all that the means are of
 * @param unit of the values
 * @returns null where the values are no share of so many examples
 */
export const samplingOfDifference = (input: {
  readonly comparison: Pick<Comparison, "difference" | "standardError" | "df" | "level">
  readonly name: string
  readonly unit: MetricUnit
  readonly rates: readonly [number, number]
  readonly values: ReadonlyArray<number>
  readonly examples: number | undefined
  readonly right?: RightByRun
}): SamplingOfDifference | null => {
  const { comparison, name, unit, rates, values, right } = input
  const apart = right === undefined ? null : examplesApart(right)
  const examples = apart?.examples ?? input.examples
  if (examples === undefined || resolutionOf({ name, unit }, values, examples) === undefined) return null
  const one = unit === "percent" ? 100 : 1
  const most = rates.reduce((sum, rate) => sum + ((rate / one) * (1 - rate / one)) / examples, 0)
  const variance = Math.min(most, apart?.variance ?? most)
  const { difference, standardError, df, level } = comparison
  const both = one ** 2 * variance + standardError ** 2
  // Welch and Satterthwaite: the binomial part is known as well as with any number of degrees of freedom.
  const freedom = both > 0 ? (both / standardError ** 2) ** 2 * df : df
  const margin = studentQuantile(1 - (1 - level) / 2, freedom) * Math.sqrt(both)
  return {
    examples,
    sd: one * Math.sqrt(variance),
    low: difference - margin,
    high: difference + margin,
    ...(apart === null
      ? {}
      : { apart: { examples: apart.examples, candidate: apart.candidate, baseline: apart.baseline, p: apart.p } }),
  }
}
