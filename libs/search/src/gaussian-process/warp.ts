import { normalQuantile } from "@tanren/statistics"

/**
 * Values as the Gaussian process sees them: a few terrible trials must not flatten the rest. Values worse than the
 * median go by rank to where a normal distribution would have them; the better half keeps its distances (the half-rank
 * warping of Vizier, Song et al., arXiv 2408.11527). Then mean 0 and variance 1.
 */
export interface Warp {
  /** Each value warped, in the order given. */
  readonly warped: Float64Array
  /** Metric units in a warped unit, over the better half. */
  readonly unit: number
  /** From a warped value back to the metric's units. */
  readonly unwarp: (warped: number) => number
}

/** @param values finite, at least one */
export function warpOf(values: ArrayLike<number>): Warp {
  const size = values.length
  const sorted = Float64Array.from(values).sort()
  const middle = (size - 1) / 2
  const low = sorted[Math.floor(middle)]!
  const high = sorted[Math.ceil(middle)]!
  const median = low + (high - low) / 2
  // Everything is a share of the range, so that neither 1e300 nor 1e-300 leaves what a double holds.
  const range = rangeOf(sorted[0]!, sorted[size - 1]!)
  if (range === 0) return { warped: new Float64Array(size), unit: 1, unwarp: (warped) => median + warped }
  const share = (value: number): number => value / range - median / range
  let squares = 0
  let better = 0
  for (const value of sorted) {
    if (value > median) break
    squares += share(value) ** 2
    better++
  }
  // Where most values are the very best there is no distance to keep: the worse half lends its own.
  const spread = Math.sqrt(squares / better) || share(sorted[size - 1]!)
  const ranked = new Map<number, number>()
  for (let from = better; from < size; ) {
    let to = from
    while (to < size && sorted[to] === sorted[from]) to++
    const rank = (from + to + 1) / 2
    ranked.set(sorted[from]!, spread * normalQuantile((rank - 0.5) / size))
    from = to
  }
  const placed = Float64Array.from(values, (value) => (value <= median ? share(value) : (ranked.get(value) ?? 0)))
  let mean = 0
  for (const value of placed) mean += value / size
  let variance = 0
  for (const value of placed) variance += (value - mean) ** 2 / size
  const deviation = Math.sqrt(variance) || 1
  const knots = [...ranked].map(([value, at]) => ({ value, at: (at - mean) / deviation }))
  const unwarp = (warped: number): number => {
    const linear = (at: number): number => median + (mean + at * deviation) * range
    const centre = -mean / deviation
    if (warped <= centre) return linear(warped)
    let before = { value: median, at: centre }
    for (const knot of knots) {
      if (warped <= knot.at) {
        const along = (warped - before.at) / (knot.at - before.at)
        return before.value * (1 - along) + knot.value * along
      }
      before = knot
    }
    return before.value
  }
  return { warped: placed.map((value) => (value - mean) / deviation), unit: deviation * range, unwarp }
}

/** The greatest distance of values, kept finite; 0 where they agree to the last digits. */
function rangeOf(least: number, greatest: number): number {
  const range = Math.min(greatest - least, Number.MAX_VALUE)
  return range > 8 * Number.EPSILON * Math.max(Math.abs(least), Math.abs(greatest)) ? range : 0
}

/** Mean and deviation in the metric's units of a value that is normal when warped: Gauss–Hermite, seven points. */
export function unwarped(
  warp: Warp,
  mean: number,
  deviation: number,
): { readonly mean: number; readonly deviation: number } {
  const centre = warp.unwarp(mean)
  let first = 0
  let second = 0
  for (const [node, weight] of hermite) {
    const away = (warp.unwarp(mean + deviation * node) - centre) / warp.unit
    first += weight * away
    second += weight * away * away
  }
  return { mean: centre + first * warp.unit, deviation: Math.sqrt(Math.max(second - first * first, 0)) * warp.unit }
}

/** Nodes and weights for the standard normal. */
const hermite: ReadonlyArray<readonly [number, number]> = [
  [0, 16 / 35],
  ...(
    [
      [1.154405394739968, 0.2401231786050127],
      [2.366759410734541, 0.03075712396758651],
      [3.750439717725742, 0.0005482688559722178],
    ] as const
  ).flatMap(([node, weight]) => [[node, weight] as const, [-node, weight] as const]),
]
