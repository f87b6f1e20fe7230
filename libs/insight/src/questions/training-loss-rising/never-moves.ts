import type { Trial } from "@tanren/terms"
import { type Curve, metricNamed } from "../../curves/curve.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { bestFew, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged } from "../../telling.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"
import { still } from "./words.ts"

export const thresholds = {
  unmovedEvaluations: judgement(5, "evaluations at one and the same value, in trial after trial: no coincidence"),
  unmovedMost: judgement(0.5, "most of them: more than half"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...thresholds })

/**
 * Playbook, "Examining the training curves": other phenomena show there as well, and the plainest is a metric, or a
 * training loss, that never moves. Nothing was learned, or nothing of it is measured; neither more trials nor fewer
 * steps cure that. Nothing is said where the best trials move.
 */
export const neverMoves = (study: Study): ReadonlyArray<Judged> => {
  const metric = study.input.metric.name
  const loss = metricNamed(
    "trainLoss",
    study.points.flatMap((point) => point.trials),
  )
  const ofMetric = stillness(study, metric)
  const ofLoss = loss === undefined || loss === metric ? undefined : stillness(study, loss)
  const found = ofMetric ?? ofLoss
  if (found === undefined) return []
  const lossMoves = loss === undefined ? null : moving(study, found.unmoved, loss)
  // Other trials move, and are worse: with a training loss that moves as well, the best may have been done at once.
  const nothing = found.name === metric || !trialsOf(study).some((trial) => read(study, trial, metric) !== undefined)
  const isEverywhere = found.unmoved.length === found.curves && found.value !== null
  const verdict = nothing && (isEverywhere || (found.value !== null && lossMoves === false)) ? "problem" : "watch"
  return [
    judged(still, {
      subject: found.name,
      verdict,
      evidence: {
        unmoved: found.unmoved.length,
        curves: found.curves,
        value: found.value,
        lossMoves,
        isLoss: found.name === loss,
      },
      trials: found.unmoved.map(({ id }) => id),
      action: {
        type: "suspect-bug",
        where: found.name === metric && lossMoves === true ? "evaluation" : "training-pipeline",
        metric: found.name,
      },
    }),
  ]
}

/** Where most of the best few have a metric that never moves: all that have, and the value where it is the same. */
const stillness = (study: Study, name: string) => {
  const best = bestFew(study.points).flatMap(({ trials }) => read(study, trials[0]!, name) ?? [])
  if (best.length < limit("fewest") || best.filter(({ moves }) => !moves).length <= best.length * limit("unmovedMost"))
    return undefined
  const all = trialsOf(study).flatMap((trial) => {
    const curve = read(study, trial, name)
    return curve === undefined ? [] : [{ trial, curve }]
  })
  const unmoved = all.filter(({ curve }) => !curve.moves)
  const values = unmoved.map(({ curve }) => curve.values[0]!)
  const isSame = values.every((value) => Math.abs(value - values[0]!) <= limit("resolution") * Math.abs(values[0]!))
  return {
    name,
    curves: all.length,
    unmoved: unmoved.map(({ trial }) => trial),
    value: isSame ? values[0]! : null,
  }
}

/** Those whose value is truly bad completed as well: beside the best, which never move, any that do look bad. */
const trialsOf = (study: Study): ReadonlyArray<Trial> => [
  ...study.points.map(({ trials }) => trials[0]!),
  ...study.infeasible.flatMap(({ trial }) => (trial.status === "completed" ? [trial] : [])),
]

const read = (study: Study, trial: Trial, name: string): Curve | undefined => {
  const curve = study.curve(trial, name)
  return curve.values.length < limit("unmovedEvaluations") ? undefined : curve
}

/** Whether the training loss moves in most of these trials; null where none reports it. */
const moving = (study: Study, trials: ReadonlyArray<Trial>, loss: string): boolean | null => {
  const curves = trials.flatMap((trial) => read(study, trial, loss) ?? [])
  return curves.length === 0 ? null : curves.filter(({ moves }) => moves).length > curves.length * limit("unmovedMost")
}
