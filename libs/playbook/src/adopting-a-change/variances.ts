import { bestOfK, pooledSd } from "@tanren/statistics"
import { compareValues, isRate, type Metric } from "@tanren/terms"

/**
 * Playbook, "Determining whether to adopt a training pipeline change or hyperparameter configuration": trial variance,
 * study variance and the sampling of the data are three things, stated side by side and never mixed.
 */

/** Retraining variance: the spread of runs that differ in their seed alone, pooled over several points. */
export interface TrialVariance {
  readonly sd: number
  readonly df: number
}

export function trialVarianceOf(groups: ReadonlyArray<ReadonlyArray<number>>): TrialVariance | null {
  const pooled = pooledSd(groups)
  return pooled === undefined ? null : { sd: pooled.sd, df: pooled.degreesOfFreedom }
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
 * The exact distribution of the best of half the study. Infeasible trials are drawn too and are worse than any completed
 * one.
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
  const best = bestOfK(values.toSorted(compareValues({ goal })), k, infeasible)
  return {
    k,
    of,
    mean: best.mean,
    sd: best.sd,
    quartiles: [best.quantile(0.25), best.quantile(0.75)],
    noneCompletes: best.none,
  }
}

/** What the finite validation set alone leaves open: both sides share it, so it is stated apart. */
export interface SamplingError {
  readonly examples: number
  readonly rate: number
  readonly sd: number
}

/** Binomial, for a metric that is a share of wrong (or right) examples, of 1 or in percent; null for any other. */
export function samplingErrorOf(
  metric: Pick<Metric, "name" | "unit">,
  value: number,
  validationExamples: number | undefined,
): SamplingError | null {
  const whole = metric.unit === "percent" ? 100 : 1
  const share = value / whole
  if (validationExamples === undefined || !isRate(metric.name) || !(share >= 0 && share <= 1)) return null
  const sd = whole * Math.sqrt((share * (1 - share)) / validationExamples)
  return { examples: validationExamples, rate: value, sd }
}
