import { amplitudeAt, fUpper, mean, median, powers } from "@tanren/statistics"
import { bestCurves, type PointCurve, pointsOf, tooShort } from "../../curves/best-curves.ts"
import { smoothed } from "../../curves/curve-steps.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { swings } from "./words.ts"

export const thresholds = {
  periods: judgement(4, "periods that must fit into the curve"),
  periodicChance: significance(
    0.001,
    "that a common period of the best curves is chance; stricter, for it accuses the program",
  ),
  periodicCurves: judgement(32, "of the best curves: enough to show a common period, few enough to be quick"),
  periodicEvaluations: judgement(40, "of a curve, for its slowest period to be told from a trend"),
  periodicFar: judgement(3, "standard deviations, by their median, at which what is far out is pulled in"),
  neighbours: judgement(10, "frequencies on either side, with which a peak is compared"),
  leakage: judgement(2, "frequencies away: nearer ones hold some of the peak's own power"),
  neighboursLeast: judgement(4, "of them, for a straight line through their power"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...thresholds })

/**
 * Playbook, "Setting up periodic evaluations": periodicity of validation metrics can indicate that test data overlap
 * with training data, or that training data are not shuffled properly. A peak of the curves' common periodogram over
 * its neighbours; too slow periods cannot be told from trends. A learning rate that rises and falls again (warm
 * restarts: Loshchilov & Hutter 2017) swings the metric as well: under one, or an unknown one, `watch`.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const best = sameLength(bestCurves(study).slice(0, limit("periodicCurves")))
  if (best.length < limit("fewest") || best[0]!.costs.length < limit("periodicEvaluations"))
    return [
      notJudged(swings, {
        lacking: { ...tooShort(study, best), needed: limit("periodicEvaluations") },
        trials: idsOf(pointsOf(best)),
      }),
    ]
  const n = best[0]!.costs.length
  const rests = best.map(({ costs }) => withoutTrend(costs))
  const spectra = powers(whitened(rests).map(tapered))
  const common = spectra[0]!.map((_, k) => spectra.reduce((total, spectrum) => total + spectrum[k]!, 0))
  const lowest = 2 * limit("periods")
  const peaks = common.flatMap((power, k) => (k < lowest ? [] : [{ k, ...peakOver(common, k, power, best.length) }]))
  const peak = peaks.reduce((a, b) => (b.p < a.p ? b : a))
  const chance = Math.min(1, peak.p * peaks.length)
  const { steps } = best[0]!.curve
  const spacing = median(steps.slice(1).map((step, i) => step - steps[i]!))
  const amplitude = Math.sqrt(mean(rests.map((rest) => amplitudeAt(rest, peak.k) ** 2)))
  const schedule = study.input.schedule ?? "unknown"
  const mayBeTheRate = schedule === "cyclic" || schedule === "unknown"
  const verdict =
    chance <= limit("periodicChance") && !mayBeTheRate ? "problem" : chance <= limit("suspicion") ? "watch" : "fine"
  return [
    judged(swings, {
      verdict,
      evidence: { curves: best.length, evaluations: n, period: (n / peak.k) * spacing, amplitude, chance, schedule },
      trials: idsOf(pointsOf(best)),
      action: verdict === "problem" ? { type: "suspect-bug", where: "data-order-or-split" } : undefined,
    }),
  ]
}

/** The last evaluations of the curves that are long enough: as many as leave the most in all. */
const sameLength = (curves: ReadonlyArray<PointCurve>): ReadonlyArray<PointCurve> => {
  const lengths = curves.map(({ costs }) => costs.length).sort((a, b) => b - a)
  const most = lengths.map((length, i) => (i + 1 < limit("fewest") ? 0 : length * (i + 1)))
  const length = lengths[most.indexOf(Math.max(0, ...most))] ?? 0
  const last = <A>(of: ReadonlyArray<A>) => of.slice(-length)
  return curves
    .filter(({ costs }) => costs.length >= length)
    .map(({ point, curve, costs }) => ({
      point,
      curve: { ...curve, steps: last(curve.steps), values: last(curve.values) },
      costs: last(costs),
    }))
}

/** The steep start of a curve would drown every period, so what is far out is pulled in; rounding is no swing. */
const withoutTrend = (values: ReadonlyArray<number>): Array<number> => {
  const trend = smoothed(values, Math.max(2, Math.round(values.length / (2 * limit("periods")))))
  const least = limit("resolution") * median(values.map(Math.abs))
  const rest = values.map((value, i) => (Math.abs(value - trend[i]!) <= least ? 0 : value - trend[i]!))
  const far = (limit("periodicFar") * median(rest.map(Math.abs))) / 0.6745
  return rest.map((x) => Math.max(-far, Math.min(far, x)))
}

/** Where evaluations hang together, slow swings drown faster ones: what the one before foretells is taken out. */
const whitened = (rests: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<Array<number>> => {
  let products = 0
  let squares = 0
  for (const rest of rests)
    rest.forEach((x, i) => {
      squares += x * x
      if (i > 0) products += x * rest[i - 1]!
    })
  const r = squares > 0 ? Math.max(0, products / squares) : 0
  return rests.map((rest) => rest.map((x, i) => x - r * (rest[i - 1] ?? 0)))
}

/** Hann's window: what is left of the steep start, which all curves share, would spread over all frequencies. */
const tapered = (values: ReadonlyArray<number>): Array<number> =>
  values.map((x, i) => x * Math.sin((Math.PI * (i + 0.5)) / values.length) ** 2)

/**
 * F-test of a frequency's power against what the straight line through its neighbours (the next ones, which its leakage
 * reaches, left out) expects there. The window ties neighbouring powers together: they tell as much as two thirds of
 * them would (its noise bandwidth is 1.5).
 */
const peakOver = (common: ReadonlyArray<number>, k: number, power: number, curves: number) => {
  const from = Math.max(limit("periods"), k - limit("neighbours"))
  const near = common
    .slice(from, k + limit("neighbours") + 1)
    .flatMap((value, i) => (Math.abs(from + i - k) < limit("leakage") ? [] : [{ at: from + i - k, value }]))
  const centre = mean(near.map(({ at }) => at))
  const level = mean(near.map(({ value }) => value))
  const squares = near.reduce((total, { at }) => total + (at - centre) ** 2, 0)
  const slope = near.reduce((total, { at, value }) => total + (at - centre) * (value - level), 0) / squares
  const expected = level - slope * centre
  const leverage = 1.5 * (1 / near.length + centre ** 2 / squares)
  return {
    p:
      near.length >= limit("neighboursLeast") && expected > 0
        ? fUpper(power / expected, 2 * curves, (2 * curves) / leverage)
        : 1,
  }
}
