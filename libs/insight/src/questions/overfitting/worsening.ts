import { mean, sd, studentUpper } from "@tanren/statistics"
import { type Curve, metricNamed } from "../../curves/curve.ts"
import { blocksOf, thresholds as inRises, middlesOf } from "../../curves/loss-rise.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { bestFew, type Point, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { limitsOf } from "../../threshold.ts"

const limit = limitsOf({ ...inStudies, ...inCurves, ...inRises })

/** How far a point's validation ends above its best, and what its training loss does meanwhile; means over its runs. */
export const worsening = (study: Study, point: Point) => {
  const metric = study.input.metric.name
  const loss = metricNamed("trainLoss", point.trials)
  const runs = point.trials.flatMap((trial) => {
    const curve = study.curve(trial, metric)
    if (curve.values.length < limit("minimumEvaluations")) return []
    const rise = riseOf(costsOf(study, curve))
    const step = curve.steps[Math.floor(((rise.lowest + 0.5) / limit("blocks")) * (curve.steps.length - 1))]!
    return [
      { ...rise, step, training: loss === undefined ? undefined : trainingImproves(study.curve(trial, loss), step) },
    ]
  })
  const first = runs[0]
  if (first === undefined) return undefined
  const by = mean(runs.map((run) => run.rise))
  return {
    worsening: by,
    inNoise: study.noise === undefined ? null : by / study.noise.sd,
    p: Math.max(...runs.map((run) => run.p)),
    bestAround: first.step,
    trainingImproves: runs.every((run) => run.training === true)
      ? true
      : runs.some((run) => run.training === undefined)
        ? null
        : false,
  }
}

/**
 * Chance that the best few points only seem to worsen together, from the block at which they are best on average: of one
 * curve the steps may drift as far, of several they go their own ways. 1 of fewer than four.
 */
export const worseningTogether = (study: Study, points: ReadonlyArray<Point>): number => {
  const curves = bestFew(points).flatMap(({ trials }) => {
    const curve = study.curve(trials[0]!, study.input.metric.name)
    return curve.values.length < limit("minimumEvaluations") ? [] : [middlesOf(costsOf(study, curve)).middles]
  })
  if (curves.length < limit("fewest")) return 1
  const common = curves[0]!.map((_, block) => mean(curves.map((middles) => middles[block]!)))
  const lowest = lowestOf(common)
  const rises = curves.map((middles) => endOf(middles) - middles[lowest]!)
  const error = sd(rises) / Math.sqrt(rises.length)
  const rise = mean(rises)
  if (!(rise > 0)) return 1
  return error > 0 ? Math.min(1, (common.length - 1) * studentUpper(rise / error, rises.length - 1)) : 0
}

const costsOf = ({ sign }: Study, { values }: Curve): ReadonlyArray<number> => values.map((value) => sign * value)

const lowestOf = (middles: ReadonlyArray<number>): number =>
  middles.reduce((lowest, middle, i) => (middle < middles[lowest]! ? i : lowest), 0)

/** The better of the last two blocks: a blow at the very end may still be made good. */
const endOf = (middles: ReadonlyArray<number>): number => Math.min(...middles.slice(-2))

const riseOf = (costs: ReadonlyArray<number>) => {
  const { middles, error } = middlesOf(costs)
  const lowest = lowestOf(middles)
  const lasting = endOf(middles) - middles[lowest]!
  // The lowest of several is low by luck: the level is shared among them.
  const p =
    lasting > 0 ? Math.min(1, (middles.length - 1) * studentUpper(lasting / error, Math.max(3, costs.length - 3))) : 1
  return { rise: middles[middles.length - 1]! - middles[lowest]!, p, lowest }
}

/** Whether the training loss falls from a step on; it may be reported at other steps than the validation metric. */
const trainingImproves = ({ steps, values }: Curve, step: number): boolean | undefined => {
  const from = steps.findIndex((one) => one >= step)
  if (values.length < limit("minimumEvaluations") || from === -1) return undefined
  const { means, error } = blocksOf(values)
  const gained = means[Math.floor((from / values.length) * means.length)]! - means[means.length - 1]!
  return gained > 0 && studentUpper(gained / error, values.length - 3) <= limit("suspicion")
}
