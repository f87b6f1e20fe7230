import { sampleSize, variance, welch } from "@tanren/statistics"
import { CONFIDENCE, POWER } from "./evidence.ts"

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
  const rounding = resolution === undefined ? 0 : resolution ** 2 / 12
  const found = goal === "minimize" ? welch(other, one, level, rounding) : welch(one, other, level, rounding)
  if (found === undefined) return null
  return {
    ...found,
    level,
    resolutionUsed: rounding > 0 && (variance(one) < rounding || variance(other) < rounding),
  }
}

/** Repeats a side at which a true difference of this size would show in four cases of five; null above 1,000. */
export const repeatsToShow = (difference: number, sd: number, level = CONFIDENCE, power = POWER): number | null =>
  sampleSize(difference, sd, { level, power, most: 1000 }) ?? null
