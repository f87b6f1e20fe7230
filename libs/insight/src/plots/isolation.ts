import { bestOf, costsOf, effortOf, slicesOf } from "../study/scientific-values.ts"
import type { Study } from "../study/study.ts"

/** One scientific value of the playbook's figure 2, in the metric's own direction. */
export interface IsolatedValue {
  readonly label: string
  /** Points tried, the infeasible ones among them: the effort. */
  readonly trials: number
  readonly infeasible: number
  /** The observed best. */
  readonly best: number
  /** Expected best of as many trials as the value with the least effort has. */
  readonly expected: number
  /** Half of the 16 % to 84 % range of the best at half of that budget: the study's own standard deviation. */
  readonly uncertainty: number
  readonly trial: string
}

/**
 * Best performance of each scientific value with the nuisance hyperparameters optimised away, at equal effort: an
 * infeasible trial is a draw as bad as the worst. Values of which no trial is feasible have no place in it.
 */
export const isolationPlot = (
  study: Study,
): { readonly metric: string; readonly values: ReadonlyArray<IsolatedValue> } => {
  const slices = slicesOf(study)
  const smallest = Math.min(...slices.map(effortOf))
  const values = slices.flatMap((slice): ReadonlyArray<IsolatedValue> => {
    const best = slice.points[0]
    if (best === undefined) return []
    const costs = costsOf(study, slice)
    const { expected, uncertainty } = bestOf(costs, smallest)
    return [
      {
        label: slice.label,
        trials: costs.length,
        infeasible: slice.infeasible.length,
        best: study.sign * best.cost,
        expected: study.sign * expected,
        uncertainty,
        trial: best.trials[0]!.id,
      },
    ]
  })
  return { metric: study.input.metric.name, values }
}
