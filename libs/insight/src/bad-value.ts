import type { Axis } from "./axis.ts"
import type { Noise } from "./input.ts"
import { ascending, median, quantile } from "./statistics/summary.ts"
import type { Point } from "./study.ts"
import { limit } from "./thresholds.ts"

/** Which completed points count as infeasible. */
export interface BadValues {
  /** A cost above it is truly bad, for the best scientific value; undefined where nothing could be said. */
  readonly above: number | undefined
  /** The rule that set it. */
  readonly by: Rule | undefined
  readonly isBad: (point: Point) => boolean
  /** Points beyond a gap above which all may be bad; too few lie below it to know how far good ones spread. */
  readonly perhaps: number
}

type Rule = "far-out" | "gap" | "chance"
interface Fence {
  readonly above: number
  readonly by: Rule
}

/**
 * Playbook: infeasible are "trials that diverge, get really bad loss values". Three rules, the lowest counts: far out by
 * Tukey's fence (a few bad ones), beyond a gap that dwarfs the spread of the better ones (many bad ones, of which the
 * quartiles are bad themselves), no better than chance (where it is known; the other two then count from half-way to
 * chance on). Scientific values are aligned by their best first: that one is worse than another is what the goal asks.
 *
 * @param points all that completed, in any order
 * @param chance the cost of guessing, where it is known
 */
export const badValues = (
  points: ReadonlyArray<Point>,
  axes: ReadonlyArray<Axis>,
  noise: Noise | undefined,
  chance: number | undefined,
): BadValues => {
  if (points.length < limit("minimumPoints") / 2)
    return { above: undefined, by: undefined, isBad: () => false, perhaps: 0 }
  const best = Math.min(...points.map(({ cost }) => cost))
  const bestOf = bestByScientificValue(points, axes)
  const sorted = ascending(points.map((point) => point.cost - bestOf(point)))
  const sd = noise?.sd ?? 0
  const aligned = lowest([farOut(sorted, noise), gap(sorted, noise)])
  const guessing =
    chance === undefined
      ? undefined
      : chance - Math.max(limit("badNearChance") * (chance - best), limit("badChanceNoise") * sd)
  const isKnown = guessing !== undefined && guessing > best
  const halfWay = isKnown && chance !== undefined ? (best + chance) / 2 : Number.NEGATIVE_INFINITY
  const apart = (from: number) =>
    aligned === undefined ? Number.POSITIVE_INFINITY : Math.max(halfWay, from + aligned.above)
  const shown = lowest([
    aligned === undefined ? undefined : { ...aligned, above: apart(best) },
    isKnown ? { above: guessing, by: "chance" } : undefined,
  ])
  return {
    above: shown?.above,
    by: shown?.by,
    perhaps: aligned?.by === "gap" ? 0 : beyondFewest(sorted, noise),
    isBad: (point) => point.cost > apart(bestOf(point)) || (isKnown && point.cost > guessing),
  }
}

const lowest = (fences: ReadonlyArray<Fence | undefined>): Fence | undefined =>
  fences.reduce<Fence | undefined>(
    (found, fence) => (fence !== undefined && (found === undefined || fence.above < found.above) ? fence : found),
    undefined,
  )

const bestByScientificValue = (points: ReadonlyArray<Point>, axes: ReadonlyArray<Axis>) => {
  const listed = axes.filter((axis) => axis.scientific && !["float", "int"].includes(axis.hyperparameter.type))
  const keyOf = (point: Point) => JSON.stringify(listed.map((axis) => point.coordinates[axis.index] ?? null))
  const best = new Map<string, number>()
  for (const point of points) {
    const value = keyOf(point)
    best.set(value, Math.min(best.get(value) ?? Number.POSITIVE_INFINITY, point.cost))
  }
  return (point: Point): number => best.get(keyOf(point)) ?? point.cost
}

const farOut = (sorted: ReadonlyArray<number>, noise: Noise | undefined): Fence | undefined => {
  const upper = quantile(sorted, 0.75)
  if (sorted.length < limit("minimumPoints")) return undefined
  if (upper <= median(sorted) && noise === undefined) return undefined
  const fence = upper + limit("farOut") * (upper - quantile(sorted, 0.25))
  return { above: Math.max(fence, upper + limit("farOutNoise") * (noise?.sd ?? 0)), by: "far-out" }
}

/**
 * The first gap in the sorted costs that no smooth tail leaves. Were the spacings exponential, a gap of c spreads above
 * the better k would come with chance (1 + c)^(1 - k); the worse have to lie together, seen from the best, unless the
 * gap is overwhelming, since next to the optimum a smooth bowl leaves gaps, too.
 */
const gap = (sorted: ReadonlyArray<number>, noise: Noise | undefined): Fence | undefined => {
  const n = sorted.length
  const best = sorted[0]!
  if (noise === undefined && n < limit("minimumPoints")) return undefined
  const fewest = limit(noise === undefined ? "badBetterBlind" : "badBetter")
  for (let k = fewest; k < n; k++) {
    const spread = Math.max(sorted[k - 1]! - best, noise?.sd ?? 0)
    const wide = sorted[k]! - sorted[k - 1]!
    if (spread <= 0 || wide <= limit("farOutNoise") * (noise?.sd ?? 0)) continue
    const needed = Math.max(
      limit(noise === undefined ? "badGapBlind" : "badGap"),
      (n / limit("badGapChance")) ** (1 / (k - 1)) - 1,
    )
    if (wide <= needed * spread) continue
    const nearest = sorted[k]! - best
    const middle = sorted[k + Math.floor((n - k) / 2)]! - best
    if (middle <= nearest * Math.sqrt(nearest / spread) || wide > 10 * needed * spread)
      return { above: (sorted[k]! + sorted[k - 1]!) / 2, by: "gap" }
  }
  return undefined
}

const beyondFewest = (sorted: ReadonlyArray<number>, noise: Noise | undefined): number => {
  const n = sorted.length
  if (noise === undefined) return 0
  for (let k = Math.min(limit("badBetter"), n - 1); k >= 1; k--) {
    const spread = Math.max(sorted[k - 1]! - sorted[0]!, noise.sd)
    if (sorted[k]! - sorted[k - 1]! > limit("farOutNoise") * spread) return n - k
  }
  return 0
}
