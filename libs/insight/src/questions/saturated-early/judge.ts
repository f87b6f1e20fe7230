import { mean, median, sd } from "@tanren/statistics"
import { fallOver, longCurves, type PointCurve, pointsOf, tooShort } from "../../curves/best-curves.ts"
import { metricNamed } from "../../curves/curve.ts"
import { inflation, smoothed, stepSd } from "../../curves/curve-steps.ts"
import { evenly } from "../../curves/even-steps.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { secondHalf } from "./words.ts"

export const thresholds = {
  saturatedBy: judgement(0.5, "nothing gained in the second half of training"),
  saturatedGainLate: judgement(1, "retraining standard deviations that the second half may still gain, at most"),
  saturatedTraining: judgement(0.1, "of the fall of the training loss that the second half may still hold"),
  saturatedBound: significance(1.645, "standard errors above the gain: its upper bound of 95 %"),
  saturatedBest: significance(
    2.326,
    "standard errors by which the best trial alone gains more: 1 %, for it drifts alone",
  ),
  saturatedBlind: judgement(2, "standard errors that bound it where the noise is not known: enough to look"),
  saturatedMargin: judgement(1.5, "times the steps by which it saturated are kept"),
  saturatedWithin: judgement(0.05, "of the whole gain: a curve that stays so near its end has saturated"),
  saturatedEnd: judgement(0.9, "of training, from where on the mean is the end of the curve"),
  saturatedSmooth: judgement(20, "of its length, over a part of which on either side a curve is smoothed"),
  trainingSmooth: judgement(40, "the same of the training loss, whose steep start must stay"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...thresholds })

/**
 * Playbook, "Examining the training curves": training and validation saturated long before the final step, so that
 * fewer steps would do. Claims an absence, so it asks for an upper bound of what the second half still gains.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  // The better half, not the best few: the more curves, the less is their mean's error. The best one is asked apart.
  const best = longCurves(study, study.points.slice(0, Math.ceil(study.points.length * limit("betterShare"))))
  if (best.length < limit("fewest"))
    return [notJudged(secondHalf, { lacking: tooShort(study, best), trials: idsOf(pointsOf(best)) })]
  const late = limit("saturatedBy")
  const falls = best.map(({ costs }) =>
    fallOver(costs, late, stepSd(costs, late), inflation(costs.slice(Math.floor(costs.length * late)))),
  )
  const gain = mean(falls.map(({ fall }) => fall))
  const error = sd(falls.map(({ fall }) => fall)) / Math.sqrt(falls.length)
  const most = gain + limit("saturatedBound") * error
  const noise = study.noise?.sd
  const trainingShare = trainingGain(study, best, late)
  // What the others need is no measure of the best one, which is the one to be trained: it must not be gaining still.
  const bestGains =
    noise !== undefined &&
    falls[0]!.fall - limit("saturatedBest") * falls[0]!.error > noise * limit("saturatedGainLate")
  const flat = noise !== undefined && !bestGains && Math.max(most, Math.abs(gain)) < noise * limit("saturatedGainLate")
  const trainingFlat = trainingShare === null ? null : trainingShare < limit("saturatedTraining")
  const saturatedAt = Math.max(median(best.map(saturation)), saturation(best[0]!))
  const verdict =
    flat && trainingFlat === true
      ? "problem"
      : (flat || (noise === undefined && most <= limit("saturatedBlind") * error)) && trainingFlat !== false
        ? "watch"
        : "fine"
  const end = median(best.map(({ curve }) => curve.steps.at(-1)!))
  const keep = Math.round(end * Math.min(1, saturatedAt * limit("saturatedMargin")))
  return [
    judged(secondHalf, {
      verdict,
      evidence: {
        gainOfSecondHalf: gain,
        gainOfBest: falls[0]!.fall,
        atMost: most,
        noise: noise ?? null,
        trainingGainShare: trainingShare,
        saturatedAt,
        curves: best.length,
      },
      trials: idsOf(pointsOf(best)),
      action: verdict === "problem" ? { type: "train-shorter", maxTrainSteps: keep } : undefined,
    }),
  ]
}

/** Of the whole fall of the training loss, the share that falls in the late part; null without training losses. */
const trainingGain = (study: Study, best: ReadonlyArray<PointCurve>, late: number): number | null => {
  const trials = best.map(({ point }) => point.trials[0]!)
  const loss = metricNamed("trainLoss", trials)
  if (loss === undefined) return null
  const shares = trials.flatMap((trial) => {
    const { values, moves } = evenly(study.curve(trial, loss))
    if (values.length < limit("minimumEvaluations") || !moves) return []
    const whole = smoothed(values, Math.floor(values.length / limit("trainingSmooth")))
    const fall = fallOver(values, late, 0, 1).fall
    const total = whole[0]! - whole.reduce((a, b) => Math.min(a, b))
    return [total > 0 ? fall / total : 0]
  })
  return shares.length > 0 ? median(shares) : null
}

/** Share of the steps after which the smoothed curve stays within `saturatedWithin` of its whole gain. */
const saturation = ({ costs }: PointCurve): number => {
  const smooth = smoothed(costs, Math.max(1, Math.floor(costs.length / limit("saturatedSmooth"))))
  const end = mean(smooth.slice(Math.floor(smooth.length * limit("saturatedEnd"))))
  const from = smooth[0]!
  const close = end + limit("saturatedWithin") * (from - end)
  const at = smooth.findIndex((value) => value <= close)
  return at === -1 ? 1 : (at + 1) / smooth.length
}
