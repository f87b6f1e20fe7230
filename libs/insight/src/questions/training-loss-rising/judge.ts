import { mean, studentUpper } from "@tanren/statistics"
import { evaluationsIn, fallOver } from "../../curves/best-curves.ts"
import { metricNamed } from "../../curves/curve.ts"
import { correlationOver, thresholds as inSteps, stepSd } from "../../curves/curve-steps.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { bestFew, idsOf, type Point, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"
import { neverMoves } from "./never-moves.ts"
import { rising } from "./words.ts"

export const thresholds = {
  risingMost: judgement(0.5, "most of the best few: more than half"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...inSteps, ...thresholds })

/**
 * Playbook, "Examining the training curves": a training loss that increases throughout usually indicates a bug in the
 * training pipeline. Judged on the best few, which cannot have merely diverged. One that never moves is its plainest kin.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => [...risingThroughout(study), ...neverMoves(study)]

const risingThroughout = (study: Study): ReadonlyArray<Judged> => {
  const trials = study.points.flatMap((point) => point.trials)
  const loss = metricNamed("trainLoss", trials)
  const values = (point: Point) => (loss === undefined ? [] : study.curve(point.trials[0]!, loss).values)
  const best = bestFew(study.points).filter((point) => values(point).length >= limit("minimumEvaluations"))
  if (best.length < limit("fewest"))
    return [
      notJudged(rising, {
        lacking: {
          curves: best.length,
          points: study.points.length,
          needed: limit("minimumEvaluations"),
          ...(loss === undefined
            ? { missing: "train/loss" }
            : evaluationsIn(bestFew(study.points).map((point) => study.curve(point.trials[0]!, loss)))),
        },
        trials: idsOf(best),
      }),
    ]
  const ofBest = best.map((point) => ({ point, ...riseThrough(values(point)) }))
  const rises = ofBest.filter(({ p }) => p <= limit("suspicion")).map(({ point }) => point)
  const throughout = mean(ofBest.map(({ first }) => first)) > 0 && mean(ofBest.map(({ second }) => second)) > 0
  const elsewhere = study.points.filter((point) => {
    if (best.includes(point) || values(point).length < limit("minimumEvaluations")) return false
    const { p, first, second } = riseThrough(values(point))
    return p <= limit("significance") / study.points.length && first > 0 && second > 0
  })
  const share = rises.length / best.length
  const verdict =
    share > limit("risingMost") && throughout
      ? "problem"
      : share >= limit("bestShare") || elsewhere.length > 0
        ? "watch"
        : "fine"
  return [
    judged(rising, {
      verdict,
      evidence: { curves: best.length, rising: rises.length, elsewhere: elsewhere.length },
      trials: idsOf([...rises, ...elsewhere]),
      action: verdict === "problem" ? { type: "suspect-bug", where: "rising-loss" } : undefined,
    }),
  ]
}

/** Chance of such a rise over the whole curve, and the rises of its halves. */
const riseThrough = (values: ReadonlyArray<number>) => {
  const noise = stepSd(values)
  const r = Math.min(limit("inflationCorrelation"), correlationOver(values))
  const wide = (1 + r) / (1 - r)
  const { fall, error } = fallOver(values, 0, noise, wide)
  const p = fall >= 0 ? 1 : error === 0 ? 0 : studentUpper(-fall / error, values.length - 3)
  return {
    p,
    first: -fallOver(values.slice(0, Math.ceil(values.length / 2)), 0, noise, wide).fall,
    second: -fallOver(values, 0.5, noise, wide).fall,
  }
}
