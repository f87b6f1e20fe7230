import { fUpper, mean, median, powers } from "@tanren/statistics"
import { fromFirst, smoothed } from "../../curves/curve-steps.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"

export const thresholds = {
  periods: judgement(4, "periods that must fit into the curve"),
  periodicFar: judgement(3, "standard deviations, by their median, at which what is far out is pulled in"),
  steadiedParts: judgement(8, "of the curve on either side, whose steps are the measure of those between"),
  steadiedLeast: judgement(0.1, "of the mean step: smaller ones are no measure of anything"),
  neighbours: judgement(10, "frequencies on either side, with which a peak is compared"),
  leakage: judgement(2, "frequencies away: nearer ones hold some of the peak's own power"),
  neighboursLeast: judgement(4, "of them, for a straight line through their power"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inCurves, ...thresholds })

/** The steep start of a curve would drown every period, so what is far out is pulled in; rounding is no swing. */
export const withoutTrend = (values: ReadonlyArray<number>): Array<number> => {
  const trend = smoothed(values, Math.max(2, Math.round(values.length / (2 * limit("periods")))))
  // Of what the curve moves by, not of its size: 1000 more of everything is the same curve.
  const moved = fromFirst(values)
  const least = limit("resolution") * (highest(moved) - lowest(moved))
  const rest = values.map((value, i) => (Math.abs(value - trend[i]!) <= least ? 0 : value - trend[i]!))
  const far = (limit("periodicFar") * median(rest.map(Math.abs))) / 0.6745
  return rest.map((x) => Math.max(-far, Math.min(far, x)))
}

const highest = (of: ReadonlyArray<number>): number => of.reduce((a, b) => Math.max(a, b))
const lowest = (of: ReadonlyArray<number>): number => of.reduce((a, b) => Math.min(a, b))

/**
 * Every curve, and every part of it, in units of its own steps. Where one trial's steps vary more than another's, or
 * those of the start more than those of the end, a few evaluations would be the whole spectrum otherwise, and what
 * looks like a peak of many curves would be the luck of one.
 */
export const steadied = (rest: ReadonlyArray<number>): Array<number> => {
  const reach = Math.max(2, Math.round(rest.length / limit("steadiedParts")))
  const local = smoothed(rest.map(Math.abs), reach)
  const least = limit("steadiedLeast") * mean(local)
  return rest.map((x, i) => (x === 0 ? 0 : x / Math.max(local[i]!, least)))
}

/** Where evaluations hang together, slow swings drown faster ones: what the one before foretells is taken out. */
export const whitened = (rests: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<Array<number>> => {
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

/** The curves' powers together, each in units of its own mean: no curve counts for more than another. */
export const commonPower = (series: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const scaled = powers(series.map(tapered)).map((spectrum) => {
    const own = mean(spectrum)
    return own > 0 ? spectrum.map((power) => power / own) : spectrum
  })
  return scaled[0]!.map((_, k) => scaled.reduce((total, spectrum) => total + spectrum[k]!, 0))
}

/** Hann's window: what is left of the steep start, which all curves share, would spread over all frequencies. */
const tapered = (values: ReadonlyArray<number>): Array<number> =>
  values.map((x, i) => x * Math.sin((Math.PI * (i + 0.5)) / values.length) ** 2)

/**
 * F-test of a frequency's power against what the straight line through its neighbours (the next ones, which its leakage
 * reaches, left out) expects there. The window ties neighbouring powers together: they tell as much as two thirds of
 * them would (its noise bandwidth is 1.5).
 */
export const peakOver = (common: ReadonlyArray<number>, k: number, power: number, curves: number): number => {
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
  return near.length >= limit("neighboursLeast") && expected > 0
    ? fUpper(power / expected, 2 * curves, (2 * curves) / leverage)
    : 1
}
