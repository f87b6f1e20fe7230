import { tQuantile, tTwoSided } from "./student-t.ts"
import { CONFIDENCE, POWER } from "./thresholds.ts"

/**
 * Playbook, "Determining whether to adopt a training pipeline change or hyperparameter configuration": trial variance,
 * study variance and the sampling of the data are three things, stated side by side and never mixed.
 */

export const meanOf = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Variance with n − 1; 0 for a single value, which shows none. */
export function varianceOf(values: ReadonlyArray<number>): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

/** Retraining variance: the spread of runs that differ in their seed alone, pooled over several points. */
export interface TrialVariance {
  readonly sd: number
  readonly df: number
}

export function trialVarianceOf(groups: ReadonlyArray<ReadonlyArray<number>>): TrialVariance | null {
  const df = groups.reduce((sum, values) => sum + Math.max(values.length - 1, 0), 0)
  if (df === 0) return null
  const squares = groups.reduce((sum, values) => sum + varianceOf(values) * Math.max(values.length - 1, 0), 0)
  return { sd: Math.sqrt(squares / df), df }
}

/** How far the best of a study depends on which points it happened to try. */
export interface StudyVariance {
  /** Best of `k` drawn from the study's `of` trials without replacement; exact, no resampling. */
  readonly k: number
  readonly of: number
  readonly mean: number
  readonly sd: number
  readonly quartiles: readonly [number, number]
  /** That all `k` are infeasible. */
  readonly noneCompletes: number
}

/**
 * The exact distribution of the best of half the study: P(the i-th best of n is the best of k) = C(n − i, k − 1) /
 * C(n, k). Infeasible trials are drawn too and are worse than any completed one.
 *
 * @param values of completed trials
 */
export function studyVarianceOf(
  values: ReadonlyArray<number>,
  infeasible: number,
  goal: "minimize" | "maximize",
): StudyVariance | null {
  const of = values.length + infeasible
  const k = Math.floor(of / 2)
  if (k < 1 || values.length < 2) return null
  const best = [...values].sort((one, other) => (goal === "minimize" ? one - other : other - one))
  const chances: number[] = []
  // P(1st) = k / n; each next follows from the one before, so that no binomial coefficient overflows.
  let chance = k / of
  for (let i = 1; i <= best.length; i++) {
    chances.push(chance)
    chance *= Math.max(of - i - k + 1, 0) / Math.max(of - i, 1)
  }
  const reached = chances.reduce((sum, one) => sum + one, 0)
  const mean = best.reduce((sum, value, index) => sum + value * (chances[index] ?? 0), 0) / reached
  const variance = best.reduce((sum, value, index) => sum + (value - mean) ** 2 * (chances[index] ?? 0), 0) / reached
  const quantile = (share: number): number => {
    let left = share - 1e-12
    const at = chances.findIndex((one) => {
      left -= one / reached
      return left <= 0
    })
    return best[at === -1 ? best.length - 1 : at] as number
  }
  return {
    k,
    of,
    mean,
    sd: Math.sqrt(variance),
    quartiles: [quantile(0.25), quantile(0.75)],
    noneCompletes: Math.max(1 - reached, 0),
  }
}

/** What the finite validation set alone leaves open: both sides share it, so it is stated apart. */
export interface SamplingError {
  readonly examples: number
  readonly rate: number
  readonly sd: number
}

/** Binomial, for a metric that is a share of wrong (or right) examples; null for any other. */
export function samplingErrorOf(
  metric: { readonly name: string },
  value: number,
  validationExamples: number | undefined,
): SamplingError | null {
  if (validationExamples === undefined || !isRate(metric.name) || !(value >= 0 && value <= 1)) return null
  return { examples: validationExamples, rate: value, sd: Math.sqrt((value * (1 - value)) / validationExamples) }
}

export const isRate = (metric: string): boolean => /(^|[/_])(error|error_rate|accuracy|acc|top_?[15])$/i.test(metric)

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
