import { studentQuantile, studentTwoSided } from "./student-t.ts"
import { mean, variance } from "./summary.ts"

/** A difference of two means whose variances may differ (Welch 1947). */
export interface Welch {
  /** Mean of the first less mean of the other. */
  readonly difference: number
  /** The interval's ends. */
  readonly low: number
  readonly high: number
  readonly df: number
  readonly standardError: number
  /** Of no difference, two-sided. */
  readonly p: number
}

/**
 * @param level of the interval, two-sided: 0.95
 * @param leastVariance what no side's variance is taken to be below, as where values are rounded
 * @returns undefined where no spread can be known: fewer than two values on a side, or none varies
 */
export const welch = (
  one: ReadonlyArray<number>,
  other: ReadonlyArray<number>,
  level: number,
  leastVariance = 0,
): Welch | undefined => {
  if (one.length < 2 || other.length < 2) return undefined
  const first = Math.max(variance(one), leastVariance) / one.length
  const second = Math.max(variance(other), leastVariance) / other.length
  if (first + second === 0) return undefined
  const df = (first + second) ** 2 / (first ** 2 / (one.length - 1) + second ** 2 / (other.length - 1))
  const standardError = Math.sqrt(first + second)
  const difference = mean(one) - mean(other)
  const margin = studentQuantile(1 - (1 - level) / 2, df) * standardError
  return {
    difference,
    low: difference - margin,
    high: difference + margin,
    df,
    standardError,
    p: studentTwoSided(difference / standardError, df),
  }
}
