import { tQuantile, tTwoSided } from "../student-t.ts"
import { CONFIDENCE, POWER } from "./evidence.ts"
import { meanOf, varianceOf } from "./variances.ts"

/** A difference of two means with unequal variances (Welch 1947). */
export interface Comparison {
  /** Positive: the first is better, in the metric's own units. */
  readonly difference: number
  readonly low: number
  readonly high: number
  /** Two-sided level of `low` … `high`. */
  readonly level: number
  readonly df: number
  readonly standardError: number
  readonly p: number
  /** The metric counts whole examples and its repeats were all equal: the spread is taken from its resolution. */
  readonly resolutionUsed: boolean
}

/**
 * @param level two-sided
 * @param resolution smallest step of the metric (1 / validation examples of an error rate), where it is known: no
 *   spread is taken to be finer than that of rounding to it (resolution² / 12)
 * @returns null where no spread can be known: fewer than two values on both sides, or none varies and no resolution
 */
export function compare(
  one: ReadonlyArray<number>,
  other: ReadonlyArray<number>,
  goal: "minimize" | "maximize",
  { level = CONFIDENCE, resolution }: { readonly level?: number; readonly resolution?: number } = {},
): Comparison | null {
  if (one.length < 2 || other.length < 2) return null
  const rounding = resolution === undefined ? 0 : resolution ** 2 / 12
  const spread = [varianceOf(one), varianceOf(other)] as const
  const [first, second] = [Math.max(spread[0], rounding) / one.length, Math.max(spread[1], rounding) / other.length]
  if (first + second === 0) return null
  const df = (first + second) ** 2 / (first ** 2 / (one.length - 1) + second ** 2 / (other.length - 1))
  const standardError = Math.sqrt(first + second)
  const difference = goal === "minimize" ? meanOf(other) - meanOf(one) : meanOf(one) - meanOf(other)
  const margin = tQuantile(1 - (1 - level) / 2, df) * standardError
  return {
    difference,
    low: difference - margin,
    high: difference + margin,
    level,
    df,
    standardError,
    p: tTwoSided(difference / standardError, df),
    resolutionUsed: rounding > 0 && (spread[0] < rounding || spread[1] < rounding),
  }
}

/**
 * Repeats a side at which a true difference of this size would show in four cases of five; null above 1,000. The
 * usual normal-theory formula with t quantiles.
 */
export function repeatsToShow(difference: number, sd: number, level = CONFIDENCE): number | null {
  if (!(Math.abs(difference) > 0)) return null
  const shows = (n: number): boolean => {
    const df = 2 * n - 2
    const needed = (tQuantile(1 - (1 - level) / 2, df) + tQuantile(POWER, df)) * sd * Math.sqrt(2 / n)
    return needed <= Math.abs(difference)
  }
  let [no, yes] = [1, 1000]
  if (!shows(yes)) return null
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2)
    if (shows(middle)) yes = middle
    else no = middle
  }
  return yes
}
