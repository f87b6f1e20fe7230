import { fallOver } from "./best-curves.ts"
import { inflation, metricNamed, stepSd } from "./curve.ts"
import { type Finding, finding } from "./finding.ts"
import { studentUpper } from "./statistics/distributions.ts"
import { bestFew, idsOf, type Point, type Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/**
 * Playbook, "Examining the training curves": a training loss that increases throughout usually indicates a bug in the
 * training pipeline. Judged on the best few, which cannot have merely diverged.
 */
export const trainingLossRising = (study: Study): ReadonlyArray<Finding> => {
  const about = { question: "training-loss-rising" } as const
  const trials = study.points.flatMap((point) => point.trials)
  const loss = metricNamed("trainLoss", trials)
  const values = (point: Point) => (loss === undefined ? [] : study.curve(point.trials[0]!, loss).values)
  const best = bestFew(study.points).filter((point) => values(point).length >= limit("minimumEvaluations"))
  if (best.length < 4)
    return [
      finding({
        ...about,
        verdict: "too-few-data",
        evidence: {
          curves: best.length,
          points: study.points.length,
          needed: limit("minimumEvaluations"),
          ...(loss === undefined ? { missing: "train/loss" } : {}),
        },
        trials: idsOf(best),
      }),
    ]
  const rising = best.filter((point) => risesThroughout(values(point), limit("significance") / best.length))
  const elsewhere = study.points.filter(
    (point) =>
      !best.includes(point) &&
      values(point).length >= limit("minimumEvaluations") &&
      risesThroughout(values(point), limit("significance") / study.points.length),
  )
  const share = rising.length / best.length
  const verdict = share >= 0.5 ? "problem" : rising.length + elsewhere.length > 0 ? "watch" : "fine"
  return [
    finding({
      ...about,
      verdict,
      evidence: { curves: best.length, rising: rising.length, elsewhere: elsewhere.length },
      trials: idsOf([...rising, ...elsewhere]),
      ...(verdict === "problem"
        ? {
            action: {
              type: "suspect-bug",
              where: "the training pipeline: its loss rises throughout training",
            } as const,
          }
        : {}),
    }),
  ]
}

const risesThroughout = (values: ReadonlyArray<number>, level: number): boolean => {
  const noise = stepSd(values)
  const wide = inflation(values)
  const whole = fallOver(values, 0, noise, wide)
  const second = fallOver(values, 0.5, noise, wide)
  const first = fallOver(values.slice(0, Math.ceil(values.length / 2)), 0, noise, wide)
  if (whole.fall >= 0 || first.fall >= 0 || second.fall >= 0) return false
  return whole.error === 0 || studentUpper(-whole.fall / whole.error, values.length - 3) <= level
}
