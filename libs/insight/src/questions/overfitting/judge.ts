import { evaluationsIn } from "../../curves/best-curves.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { placeAmong } from "../../study/axis.ts"
import { type Slice, slicesOf } from "../../study/scientific-values.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { judge as judgePeriods } from "../periodic-metric/judge.ts"
import { judge as judgeSteps } from "../step-variance/judge.ts"
import { everywhere, ofBest } from "./words.ts"
import { worsening, worseningTogether } from "./worsening.ts"

export const thresholds = {
  worseningChance: significance(
    0.3,
    "that validation only seems to worsen above the lowest block, shared among the blocks and the curves judged",
  ),
  worseningAlone: significance(0.05, "the same of the best trial by itself, to act on it"),
  worseningTogether: significance(
    0.05,
    "that the best few worsen together by luck: then the best trial's own is no drift",
  ),
  worsening: judgement(0.85, "retraining standard deviations that validation loses from its best to the end"),
  worseningWatch: judgement(0.425, "half of that: worth a look"),
  weakEnd: judgement(0.5, "of a regulariser's range: below, little of it is applied"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...thresholds })

/**
 * Playbook, "Examining the training curves": validation worsens during training while the training loss improves.
 * Checked at least for the best trial of each scientific value; picking the best hides overfitting elsewhere.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const best: ReadonlyArray<Slice> = slicesOf(study).filter((slice) => slice.points.length > 0)
  const slices = best.length > 0 ? best : [{ label: "", points: study.points.slice(0, 1), infeasible: [] }]
  return [...slices.map((slice) => judgeBest(study, slice, slices.length)), amongAll(study)]
}

const judgeBest = (study: Study, slice: Slice, curves: number): Judged => {
  // A best point without a curve (a baseline read from a table, say) leaves the best one that has one.
  const metric = study.input.metric.name
  const point = slice.points.find(
    (candidate) => study.curve(candidate.trials[0]!, metric).values.length >= limit("minimumEvaluations"),
  )
  const subject = slice.label === "" ? undefined : slice.label
  const trials = point === undefined ? [] : idsOf([point])
  const seen = point === undefined ? undefined : worsening(study, point)
  if (seen === undefined)
    return notJudged(ofBest, {
      subject,
      lacking: {
        ...evaluationsIn(slice.points.map((candidate) => study.curve(candidate.trials[0]!, metric))),
        needed: limit("minimumEvaluations"),
      },
      trials,
    })
  const together = worseningTogether(study, slice.label === "" ? study.points : slice.points)
  const isSure = seen.p <= limit("worseningAlone") / curves || together <= limit("worseningTogether") / curves
  const significant = Math.min(seen.p, together) <= limit("worseningChance") / curves
  const large = seen.inNoise !== null && seen.inNoise > limit("worsening")
  const expected = isWeakEnd(study, slice)
  const claimed = isSure && large && seen.trainingImproves === true && !expected
  const hidden = claimed && isHidden(study)
  const problem = claimed && !hidden
  const verdict = problem
    ? "problem"
    : significant && (seen.inNoise === null || seen.inNoise > limit("worseningWatch"))
      ? "watch"
      : "fine"
  return judged(ofBest, {
    subject,
    verdict,
    evidence: { ...seen, together, expected, hidden },
    trials,
    action: problem ? { type: "regularise" } : undefined,
  })
}

/**
 * Where a curve ends is luck where steps vary by more than the trials differ, and a matter of its phase where the metric
 * is periodic. Both have findings of their own, which are to be acted on first.
 */
const isHidden = (study: Study): boolean =>
  [judgeSteps, judgePeriods].some((judgeOther) => judgeOther(study).some(({ verdict }) => verdict === "problem"))

/** At the weak end of a regulariser that is itself compared, overfitting is what one came to see. */
const isWeakEnd = (study: Study, slice: Slice): boolean =>
  study.axes.some((axis) => {
    if (!axis.scientific || slice.points[0] === undefined) return false
    const { hyperparameter, name, index } = axis
    const value = slice.points[0].hyperparameters[name]
    if (axis.meaning === "regulariser-switch") return value === false
    // Listed numbers have a place among themselves, in whatever order they were listed.
    const place = "values" in hyperparameter ? placeAmong(hyperparameter.values, value) : undefined
    const at = place ?? slice.points[0].coordinates[index]
    return axis.meaning === "regulariser" && at != null && at <= limit("weakEnd")
  })

const amongAll = (study: Study): Judged => {
  const seen = study.points.flatMap((point) => {
    const found = worsening(study, point)
    return found === undefined ? [] : [{ point, found }]
  })
  const subject = "all trials"
  if (seen.length < limit("minimumPoints"))
    return notJudged(everywhere, {
      subject,
      lacking: {
        points: seen.length,
        evaluations: seen.length,
        trialsNeeded: limit("minimumPoints"),
        needed: limit("minimumEvaluations"),
      },
      trials: idsOf(seen.map(({ point }) => point)),
    })
  const over = seen.filter(
    ({ found }) =>
      found.p <= limit("worseningChance") / seen.length &&
      found.trainingImproves !== false &&
      (found.inNoise ?? 0) > limit("worsening"),
  )
  return judged(everywhere, {
    subject,
    verdict: over.length > 0 ? "watch" : "fine",
    evidence: { points: seen.length, overfitted: over.length, share: over.length / seen.length },
    trials: idsOf(over.map(({ point }) => point)),
  })
}
