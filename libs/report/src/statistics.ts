import type { Metric, Trial } from "@tanren/terms"

/** Negative where `a` is better than `b`, in the metric's own direction. */
export const compareValues =
  (metric: Metric) =>
  (a: number, b: number): number =>
    metric.goal === "minimize" ? a - b : b - a

/** Completed with a finite value: only these are compared. A diverged trial is never best. */
export const isComparable = (trial: Trial): trial is Trial & { readonly value: number } =>
  trial.status === "completed" && trial.value !== undefined && Number.isFinite(trial.value)

export const hasEnded = (trial: Trial): boolean => trial.status === "completed" || trial.status === "infeasible"

export const ranked = <T extends Trial>(
  metric: Metric,
  trials: ReadonlyArray<T>,
): ReadonlyArray<T & { value: number }> => {
  const compare = compareValues(metric)
  const comparable = trials.filter((trial): trial is T & { value: number } => isComparable(trial))
  return comparable.sort((a, b) => compare(a.value, b.value))
}

export const mean = (values: ReadonlyArray<number>): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length

/** Sample standard deviation (n − 1); undefined below two values. */
export const standardDeviation = (values: ReadonlyArray<number>): number | undefined => {
  const centre = mean(values)
  if (centre === undefined || values.length < 2) return undefined
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1))
}

/** Linear interpolation between order statistics (Hyndman and Fan's type 7); `sorted` is in order, not empty. */
export const quantile = (sorted: ReadonlyArray<number>, probability: number): number => {
  const position = (sorted.length - 1) * probability
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? below
  return below + (above - below) * (position - Math.floor(position))
}

export const finite = (values: ReadonlyArray<number | undefined>): ReadonlyArray<number> =>
  values.filter((value): value is number => value !== undefined && Number.isFinite(value))
