import { bestCurves, type PointCurve, pointsOf, tooShort } from "./best-curves.ts"
import { smoothed } from "./curve.ts"
import { type Finding, finding } from "./finding.ts"
import { fUpper } from "./statistics/distributions.ts"
import { powers } from "./statistics/periodogram.ts"
import { median } from "./statistics/summary.ts"
import { idsOf, type Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/**
 * Playbook, "Setting up periodic evaluations": periodicity of validation metrics can indicate that test data overlap
 * with training data, or that training data are not shuffled properly. A peak of the curves' common periodogram over
 * its neighbours; too slow periods cannot be told from trends. A learning rate that rises and falls again (warm
 * restarts: Loshchilov & Hutter 2017) swings the metric as well: under one, or an unknown one, `watch`.
 */
export const periodicMetric = (study: Study): ReadonlyArray<Finding> => {
  const about = { question: "periodic-metric" } as const
  const best = sameLength(bestCurves(study)).slice(0, limit("periodicCurves"))
  if (best.length < 4 || best[0]!.costs.length < 2 * limit("minimumEvaluations"))
    return [
      finding({
        ...about,
        verdict: "too-few-data",
        evidence: { ...tooShort(study, best), needed: 2 * limit("minimumEvaluations") },
        trials: idsOf(pointsOf(best)),
      }),
    ]
  const n = best[0]!.costs.length
  const spectra = best.map(({ costs }) => powers(withoutTrend(costs)))
  const common = spectra[0]!.map((_, k) => spectra.reduce((total, spectrum) => total + spectrum[k]!, 0))
  const lowest = 2 * limit("periods")
  const judged = common.flatMap((power, k) => (k < lowest ? [] : [{ k, ...peakOver(common, k, power, best.length) }]))
  const peak = judged.reduce((a, b) => (b.p < a.p ? b : a))
  const chance = Math.min(1, peak.p * judged.length)
  const { steps } = best[0]!.curve
  const spacing = median(steps.slice(1).map((step, i) => step - steps[i]!))
  const amplitude = Math.sqrt((2 * common[peak.k]!) / best.length) / Math.sqrt(n)
  const schedule = study.input.schedule ?? "unknown"
  const mayBeTheRate = schedule === "cyclic" || schedule === "unknown"
  const verdict =
    chance <= limit("periodicChance") && !mayBeTheRate ? "problem" : chance <= limit("suspicion") ? "watch" : "fine"
  return [
    finding({
      ...about,
      verdict,
      evidence: { curves: best.length, evaluations: n, period: (n / peak.k) * spacing, amplitude, chance, schedule },
      trials: idsOf(pointsOf(best)),
      ...(verdict === "problem"
        ? {
            action: {
              type: "suspect-bug",
              where: "shuffling of the training data, or overlap of training and validation data",
            } as const,
          }
        : {}),
    }),
  ]
}

const sameLength = (curves: ReadonlyArray<PointCurve>): ReadonlyArray<PointCurve> => {
  const length = median(curves.map(({ costs }) => costs.length))
  return curves.filter(({ costs }) => costs.length === length)
}

/** The steep start of a curve would drown every period, so what is far out is pulled in. */
const withoutTrend = (values: ReadonlyArray<number>): Array<number> => {
  const trend = smoothed(values, Math.max(2, Math.round(values.length / (2 * limit("periods")))))
  const rest = values.map((value, i) => value - trend[i]!)
  const far = (3 * median(rest.map(Math.abs))) / 0.6745
  return rest.map((x) => Math.max(-far, Math.min(far, x)))
}

/** F-test of a frequency's power against the mean of its neighbours, the next ones (leakage) left out. */
const peakOver = (common: ReadonlyArray<number>, k: number, power: number, curves: number) => {
  let sum = 0
  let count = 0
  for (let j = Math.max(limit("periods"), k - 10); j <= Math.min(common.length - 1, k + 10); j++) {
    if (Math.abs(j - k) < 2) continue
    sum += common[j]!
    count++
  }
  return { p: count > 3 && sum > 0 ? fUpper(power / (sum / count), 2 * curves, 2 * curves * count) : 1 }
}
