import type { ScaleName } from "@tanren/terms"

/** How the values of a range are spread. What a scale means is asked of it, never of its name. */
export interface Scale {
  readonly name: ScaleName
  /** Into the space in which a hyperparameter is uniform; increasing on every scale. */
  readonly spread: (value: number) => number
  readonly unspread: (spread: number) => number
  /** A sampled value of the range `low` … `high` as it is recorded: ten of the scale's own digits. */
  readonly rounded: (value: number, low: number, high: number) => number
  /** Where the scale ends by itself, without ever reaching it; infinite where it goes on. */
  readonly ends: { readonly low: number; readonly high: number }
  /** Whether equal steps on it are equal ratios of what it measures. */
  readonly isLogarithmic: boolean
  /** Powers of ten from `low` to `high`, in what it measures; null for a scale that counts none. */
  readonly decades: (low: number, high: number) => number | null
  /** How far a bound of `low` … `high` moves when it moves outwards once, in the space of `spread`. */
  readonly outwards: (low: number, high: number) => number
  /** What it measures of a value: the value itself, or what is left to 1. */
  readonly measure: (value: number) => number
  /** The same of a value that is given as text. */
  readonly measureText: (value: string) => string
  /** Whether what it measures falls as the value rises. */
  readonly isBackwards: boolean
  /** What it measures, to twelve digits: where a value is drawn. Its own way back. */
  readonly drawn: (value: number) => number
  /** Round numbers inside `low` … `high`, drawn units. */
  readonly ticks: (low: number, high: number) => ReadonlyArray<number>
  /** `low` … `high`, drawn units, with a share of their distance as air at both ends. */
  readonly padded: (low: number, high: number, share: number) => readonly [number, number]
  /** The place at a share (0 … 1) of the way from `low` to `high`, drawn units. */
  readonly between: (low: number, high: number, share: number) => number
}

/** Significant digits of a sampled float. Ten leave room for the rounding errors of log and exp, which is what makes
 * the way to the unit cube and back exact, and more than any training run could tell apart. */
export const SAMPLED_DIGITS = 10
