import { amplitudeAt, mean, median } from "@tanren/statistics"
import { bestCurves, type PointCurve, pointsOf, tooShort } from "../../curves/best-curves.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { commonPower, thresholds as inSpectra, peakOver, steadied, whitened, withoutTrend } from "./spectrum.ts"
import { swings } from "./words.ts"

export const thresholds = {
  periodicChance: significance(
    0.001,
    "that a common period of the best curves is chance; stricter, for it accuses the program",
  ),
  periodicCurves: judgement(32, "of the best curves: enough to show a common period, few enough to be quick"),
  periodicEvaluations: judgement(40, "of a curve, for its slowest period to be told from a trend"),
  periodicLasts: significance(0.1, "that the same period shows in one half of the curves by chance"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inSpectra, ...thresholds })

/**
 * Playbook, "Setting up periodic evaluations": periodicity of validation metrics can indicate that test data overlap
 * with training data, or that training data are not shuffled properly. A peak of the curves' common periodogram over
 * its neighbours; too slow periods cannot be told from trends. A learning rate that rises and falls again (warm
 * restarts: Loshchilov & Hutter 2017) swings the metric as well: under one, or an unknown one, `watch`.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const best = sameLength(bestCurves(study).slice(0, limit("periodicCurves")))
  if (best.length < limit("fewest") || best[0]!.costs.length < limit("periodicEvaluations"))
    return [
      notJudged(swings, {
        lacking: { ...tooShort(study, best), needed: limit("periodicEvaluations") },
        trials: idsOf(pointsOf(best)),
      }),
    ]
  const n = best[0]!.costs.length
  const rests = best.map(({ costs }) => withoutTrend(costs))
  const steady = whitened(rests.map(steadied))
  const common = commonPower(steady)
  const slowest = 2 * limit("periods")
  const peaks = common.flatMap((power, k) => (k < slowest ? [] : [{ k, p: peakOver(common, k, power, best.length) }]))
  const peak = peaks.reduce((a, b) => (b.p < a.p ? b : a))
  const chance = Math.min(1, peak.p * peaks.length)
  const lasts = lastsThroughout(steady, peak.k)
  const { steps } = best[0]!.curve
  const spacing = median(steps.slice(1).map((step, i) => step - steps[i]!))
  const amplitude = Math.sqrt(mean(rests.map((rest) => amplitudeAt(rest, peak.k) ** 2)))
  const schedule = study.input.schedule ?? "unknown"
  const mayBeTheRate = schedule === "cyclic" || schedule === "unknown"
  const verdict =
    chance <= limit("periodicChance") && lasts && !mayBeTheRate
      ? "problem"
      : chance <= limit("suspicion") && lasts
        ? "watch"
        : "fine"
  return [
    judged(swings, {
      verdict,
      evidence: {
        curves: best.length,
        evaluations: n,
        period: (n / peak.k) * spacing,
        amplitude,
        chance,
        lasts,
        schedule,
      },
      trials: idsOf(pointsOf(best)),
      action: verdict === "problem" ? { type: "suspect-bug", where: "data-order-or-split" } : undefined,
    }),
  ]
}

/** The last evaluations of the curves that are long enough: as many as leave the most in all. */
const sameLength = (curves: ReadonlyArray<PointCurve>): ReadonlyArray<PointCurve> => {
  const lengths = curves.map(({ costs }) => costs.length).sort((a, b) => b - a)
  const most = lengths.map((length, i) => (i + 1 < limit("fewest") ? 0 : length * (i + 1)))
  const length = lengths[most.indexOf(Math.max(0, ...most))] ?? 0
  const last = <A>(of: ReadonlyArray<A>) => of.slice(-length)
  return curves
    .filter(({ costs }) => costs.length >= length)
    .map(({ point, curve, costs }) => ({
      point,
      curve: { ...curve, steps: last(curve.steps), values: last(curve.values) },
      costs: last(costs),
    }))
}

/**
 * Whether the period shows in both halves of the curves. One sharp transition that all curves share (the rate falls, an
 * augmentation ends) rings at some frequency, and in one half only; a split or an order of the data that repeats itself
 * does so throughout.
 */
const lastsThroughout = (series: ReadonlyArray<ReadonlyArray<number>>, k: number): boolean => {
  const half = Math.floor(series[0]!.length / 2)
  return [series.map((one) => one.slice(0, half)), series.map((one) => one.slice(-half))].every((part) => {
    const common = commonPower(part)
    // A whole number of periods of the curve need not be one of its half.
    return [Math.floor(k / 2), Math.ceil(k / 2)].some(
      (at) => peakOver(common, at, common[at]!, series.length) <= limit("periodicLasts"),
    )
  })
}
