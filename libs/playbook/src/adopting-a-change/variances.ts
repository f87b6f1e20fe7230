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
