import { slicesOf } from "../scientific-values.ts"
import { expectedBestOf, quantileOfBest } from "../statistics/summary.ts"
import type { Study } from "../study.ts"

/** One scientific value of the playbook's figure 2, in the metric's own direction. */
export interface IsolatedValue {
  readonly label: string
  readonly trials: number
  /** The observed best. */
  readonly best: number
  /** Expected best of as many trials as the smallest value has. */
  readonly expected: number
  /** Half of the 16 % to 84 % range of the best at half of that budget: the study's own standard deviation. */
  readonly uncertainty: number
  readonly trial: string
}

/** Best performance of each scientific value with the nuisance hyperparameters optimised away, at equal effort. */
export const isolationPlot = (
  study: Study,
): { readonly metric: string; readonly values: ReadonlyArray<IsolatedValue> } => {
  const slices = slicesOf(study)
  const smallest = Math.min(...slices.map((slice) => slice.points.length))
  const values = slices.map((slice): IsolatedValue => {
    const costs = slice.points.map((point) => point.cost)
    const half = Math.max(1, Math.floor(costs.length / 2))
    return {
      label: slice.label,
      trials: costs.length,
      best: study.sign * costs[0]!,
      expected: study.sign * expectedBestOf(costs, smallest),
      uncertainty: (quantileOfBest(costs, half, 0.84) - quantileOfBest(costs, half, 0.16)) / 2,
      trial: slice.points[0]!.trials[0]!.id,
    }
  })
  return { metric: study.input.metric.name, values }
}
