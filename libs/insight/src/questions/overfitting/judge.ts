import { studentUpper } from "@tanren/statistics"
import { evaluationsIn } from "../../curves/best-curves.ts"
import { type Curve, metricNamed } from "../../curves/curve.ts"
import { blocksOf, thresholds as inRises, riseOf } from "../../curves/loss-rise.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { placeAmong } from "../../study/axis.ts"
import { type Slice, slicesOf } from "../../study/scientific-values.ts"
import { idsOf, type Point, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { everywhere, ofBest } from "./words.ts"

export const thresholds = {
  worseningChance: significance(
    0.3,
    "that validation only seems to worsen above the lowest block, shared among the blocks and the curves judged",
  ),
  worsening: judgement(0.85, "retraining standard deviations that validation loses from its best to the end"),
  worseningWatch: judgement(0.425, "half of that: worth a look"),
  weakEnd: judgement(0.5, "of a regulariser's range: below, little of it is applied"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...inRises, ...thresholds })

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
  const significant = seen.p <= limit("worseningChance") / curves
  const large = seen.inNoise !== null && seen.inNoise > limit("worsening")
  const expected = isWeakEnd(study, slice)
  const problem = significant && large && seen.trainingImproves === true && !expected
  const verdict = problem
    ? "problem"
    : significant && (seen.inNoise === null || seen.inNoise > limit("worseningWatch"))
      ? "watch"
      : "fine"
  return judged(ofBest, {
    subject,
    verdict,
    evidence: { ...seen, expected },
    trials,
    action: problem ? { type: "regularise" } : undefined,
  })
}

/** Means over the point's runs. */
const worsening = (study: Study, point: Point) => {
  const metric = study.input.metric.name
  const loss = metricNamed("trainLoss", point.trials)
  const runs = point.trials.flatMap((trial) => {
    const curve = study.curve(trial, metric)
    if (curve.values.length < limit("minimumEvaluations")) return []
    const costs = curve.values.map((value) => study.sign * value)
    const rise = riseOf(costs)
    const step = curve.steps[Math.floor(((rise.lowest + 0.5) / limit("blocks")) * (curve.steps.length - 1))]!
    return [
      { ...rise, step, training: loss === undefined ? undefined : trainingImproves(study.curve(trial, loss), step) },
    ]
  })
  const first = runs[0]
  if (first === undefined) return undefined
  const by = runs.reduce((total, run) => total + run.rise, 0) / runs.length
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

/** Whether the training loss falls from a step on; it may be reported at other steps than the validation metric. */
const trainingImproves = ({ steps, values }: Curve, step: number): boolean | undefined => {
  const from = steps.findIndex((one) => one >= step)
  if (values.length < limit("minimumEvaluations") || from === -1) return undefined
  const { means, error } = blocksOf(values)
  const gained = means[Math.floor((from / values.length) * means.length)]! - means[means.length - 1]!
  return gained > 0 && studentUpper(gained / error, values.length - 3) <= limit("suspicion")
}

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
