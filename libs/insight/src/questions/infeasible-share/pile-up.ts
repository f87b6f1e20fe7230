import { ascending, mean, median } from "@tanren/statistics"
import { objectiveOf } from "../../curves/curve.ts"
import { type Study, trulyBad } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"

export const thresholds = {
  pileLeast: judgement(0.1, "of the completed trials at nearly one worst value: less is the end of any distribution"),
  pileEnd: judgement(0.1, "of the completed trials, the worst: where the pile is looked for"),
  pileWidth: judgement(0.02, "of the way from the best to it, on either side: nearly one value"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...thresholds })

/**
 * Whether many trials ended at nearly one and the same worst value: what guessing scores, where nobody said what that is.
 * A quarter of a space at chance is what people want to know of it, also where a cut is not worth it.
 */
export const pileUp = (study: Study): { readonly piledUp?: number; readonly piledUpAt?: number } => {
  const { input, points, infeasible, sign } = study
  const bad = infeasible.flatMap(({ cause, trial }) => {
    const value = cause === trulyBad ? objectiveOf(trial, input.metric, input.bestOrFinal) : undefined
    return value === undefined ? [] : [sign * value]
  })
  const costs = ascending([...points.map(({ cost }) => cost), ...bad])
  if (costs.length < limit("minimumPoints")) return {}
  const at = median(costs.slice(-Math.max(limit("fewest"), Math.ceil(costs.length * limit("pileEnd")))))
  const reach = limit("pileWidth") * (at - costs[0]!)
  const there = costs.filter((cost) => Math.abs(cost - at) <= reach)
  const isPile = there.length >= limit("fewest") && there.length >= limit("pileLeast") * costs.length
  return isPile && reach > 0 ? { piledUp: there.length, piledUpAt: sign * mean(there) } : {}
}
