import { type Finding, finding } from "./finding.ts"
import { median } from "./statistics/summary.ts"
import { idsOf, type Point, type Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/**
 * Playbook, "Deciding how long to train when training is not compute-bound": where retrospective checkpoint selection
 * finds its best step. Always in the first 10 %: too many steps. Always in the last 25 %: train longer and retune the
 * decay.
 */
export const bestStep = (study: Study): ReadonlyArray<Finding> => {
  const about = { question: "best-step" } as const
  const better = study.points.slice(0, Math.ceil(study.points.length / 2))
  const placed = better.flatMap((point) => {
    const at = placeOf(study, point)
    return at === undefined ? [] : [{ point, at }]
  })
  const trials = idsOf(placed.map(({ point }) => point))
  if (placed.length < limit("bestStepTrials"))
    return [
      finding({
        ...about,
        verdict: "too-few-data",
        evidence: {
          points: placed.length,
          evaluations: placed.length,
          trialsNeeded: limit("bestStepTrials"),
          needed: limit("minimumEvaluations"),
        },
        trials,
      }),
    ]
  const early = placed.filter(({ at }) => at <= limit("earlyPart")).length / placed.length
  const late = placed.filter(({ at }) => at > 1 - limit("lastPart")).length / placed.length
  const schedule = study.input.schedule ?? "unknown"
  const where = early >= late ? "early" : "late"
  const share = Math.max(early, late)
  const serious = where === "early" || schedule === "constant"
  const verdict = share >= limit("always") && serious ? "problem" : share >= limit("often") ? "watch" : "fine"
  const last = lastStepOf(study, better)
  const at = median(placed.map((place) => place.at))
  return [
    finding({
      ...about,
      verdict,
      evidence: { points: placed.length, early, late, median: at, schedule },
      trials,
      ...(verdict !== "problem"
        ? {}
        : where === "late"
          ? { action: { type: "train-longer" } as const }
          : {
              action: {
                type: "train-shorter",
                ...(last === undefined ? {} : { maxTrainSteps: Math.ceil(last * limit("lastPart")) }),
              } as const,
            }),
    }),
  ]
}

/** The retrospectively best step as a share of training. */
const placeOf = (study: Study, point: Point): number | undefined => {
  const trial = point.trials[0]!
  const curve = study.curve(trial, study.input.metric.name)
  const last = study.input.maxTrainSteps ?? curve.steps[curve.steps.length - 1]
  if (last === undefined || !(last > 0)) return undefined
  if (curve.values.length >= limit("minimumEvaluations")) {
    let best = 0
    for (let i = 1; i < curve.values.length; i++)
      if (study.sign * curve.values[i]! < study.sign * curve.values[best]!) best = i
    return curve.steps[best]! / last
  }
  // A record that kept only the best step says as much, when the length of training is known.
  const given = curve.values.length === 0 && study.input.maxTrainSteps !== undefined ? trial.bestStep : undefined
  return given === undefined ? undefined : given / last
}

const lastStepOf = (study: Study, points: ReadonlyArray<Point>): number | undefined => {
  if (study.input.maxTrainSteps !== undefined) return study.input.maxTrainSteps
  const first = points[0]
  return first === undefined ? undefined : study.curve(first.trials[0]!, study.input.metric.name).steps.at(-1)
}
