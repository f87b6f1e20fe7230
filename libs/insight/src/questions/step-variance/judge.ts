import { mean, sd } from "@tanren/statistics"
import { bestCurves, longCurves, pointsOf, tooShort } from "../../curves/best-curves.ts"
import { partMean, stepSd } from "../../curves/curve-steps.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"
import { lateSteps } from "./words.ts"

export const thresholds = {
  lateVariance: judgement(0.9, "step-to-step standard deviation over the spread of the better half of the trials"),
  lateVarianceWatch: judgement(0.5, "half as large as the differences that one wants to see"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...thresholds })

/**
 * Playbook, "Examining the training curves": step-to-step variance late in training, against the differences between
 * trials that one wants to see: the spread, among the better half, of the late means.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const best = bestCurves(study)
  const half = longCurves(study, study.points.slice(0, Math.ceil(study.points.length * limit("betterShare"))))
  if (best.length < limit("fewest") || half.length < limit("leastPoints"))
    return [
      notJudged(lateSteps, {
        lacking: { ...tooShort(study, best), curvesNeeded: limit("leastPoints") },
        trials: idsOf(pointsOf(best)),
      }),
    ]
  const late = 1 - limit("lastPart")
  const step = Math.sqrt(mean(best.map(({ costs }) => stepSd(costs, late) ** 2)))
  const spread = sd(half.map(({ costs }) => partMean(costs, late, 1)))
  const ratio = spread > 0 ? step / spread : step > 0 ? Number.MAX_VALUE : 0
  const verdict = ratio > limit("lateVariance") ? "problem" : ratio > limit("lateVarianceWatch") ? "watch" : "fine"
  return [
    judged(lateSteps, {
      verdict,
      evidence: { stepSd: step, spread, ratio, curves: best.length },
      trials: idsOf(pointsOf(best)),
      action: verdict === "problem" ? { type: "reduce-step-variance" } : undefined,
    }),
  ]
}
