import { median } from "@tanren/statistics"
import {
  lateGain,
  longCurves,
  measuredCurves,
  type PointCurve,
  pointsOf,
  unmovedAmong,
} from "../../curves/best-curves.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"
import { bestSteps } from "./words.ts"

export const thresholds = {
  always: judgement(0.8, "always, give or take one trial in five: a noisy best step may stray"),
  often: judgement(0.7, "often: worth a look"),
  shorter: judgement(0.25, "of the steps are left where the best one lies in the first tenth"),
  bestStepTrials: judgement(8, "trials before one may say always"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...thresholds })

/**
 * Playbook, "Deciding how long to train when training is not compute-bound": where retrospective checkpoint selection
 * finds its best step. Always in the first 10 %: too many steps. Always in the last 25 %: train longer and retune the
 * decay, where that quarter is worth it: the best step of a curve without noise is the last one, however little it
 * gains there.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const better = study.points.slice(0, Math.ceil(study.points.length * limit("betterShare")))
  const placed = measuredCurves(study, better).flatMap((curve) => {
    const last = lastStepOf(study, curve)
    return last > 0 ? [{ ...curve, at: bestStepOf(curve) / last }] : []
  })
  const trials = idsOf(pointsOf(placed))
  const first = placed[0]
  if (first === undefined || placed.length < limit("bestStepTrials"))
    return [
      notJudged(bestSteps, {
        lacking: {
          points: placed.length,
          evaluations: placed.length,
          trialsNeeded: limit("bestStepTrials"),
          needed: limit("minimumEvaluations"),
          ...unmovedAmong(study, better),
        },
        trials,
      }),
    ]
  const early = placed.filter(({ at }) => at <= limit("earlyPart")).length / placed.length
  const late = placed.filter(({ at }) => at > 1 - limit("lastPart")).length / placed.length
  const schedule = study.input.schedule ?? "unknown"
  const where = early >= late ? "early" : "late"
  const share = Math.max(early, late)
  const even = longCurves(study, better)
  const { gain } = lateGain(even.length > 0 ? even : placed)
  const inNoise = study.noise === undefined ? null : gain / study.noise.sd
  const isWorthIt = inNoise !== null && inNoise > limit("improvement")
  const serious = where === "early" || (schedule === "constant" && isWorthIt)
  const verdict = share >= limit("always") && serious ? "problem" : share >= limit("often") ? "watch" : "fine"
  return [
    judged(bestSteps, {
      verdict,
      evidence: {
        points: placed.length,
        early,
        late,
        median: median(placed.map(({ at }) => at)),
        gainOfLastQuarter: gain,
        inNoise,
        isWorthIt,
        schedule,
      },
      trials,
      action:
        verdict !== "problem"
          ? undefined
          : where === "late"
            ? { type: "train-longer" }
            : { type: "train-shorter", maxTrainSteps: Math.ceil(lastStepOf(study, first) * limit("shorter")) },
    }),
  ]
}

const bestStepOf = ({ curve, costs }: PointCurve): number => {
  let best = 0
  for (let i = 1; i < costs.length; i++) if (costs[i]! < costs[best]!) best = i
  return curve.steps[best]!
}

/** A program may count beyond the length that it was told: then its own last step is the end. */
const lastStepOf = ({ input }: Study, { curve }: PointCurve): number =>
  Math.max(input.maxTrainSteps ?? 0, curve.steps.at(-1) ?? 0)
