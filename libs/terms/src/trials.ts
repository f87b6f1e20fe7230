import type { Metric } from "./hyperparameter.ts"
import type { Trial } from "./trial.ts"

/** Negative where `a` is better than `b`, in the metric's own direction: sorts best first. */
export const compareValues =
  ({ goal }: Pick<Metric, "goal">) =>
  (a: number, b: number): number =>
    goal === "minimize" ? a - b : b - a

/** Completed with a finite value: only these are compared. A diverged trial is never best. */
export const isComparable = <T extends Trial>(trial: T): trial is T & { readonly value: number } =>
  trial.status === "completed" && trial.value !== undefined && Number.isFinite(trial.value)

export const hasEnded = (trial: Trial): boolean => trial.status === "completed" || trial.status === "infeasible"

/** Those that can be compared, best first. */
export const ranked = <T extends Trial>(
  metric: Metric,
  trials: ReadonlyArray<T>,
): ReadonlyArray<T & { readonly value: number }> => {
  const compare = compareValues(metric)
  return trials.filter(isComparable).sort((a, b) => compare(a.value, b.value))
}
