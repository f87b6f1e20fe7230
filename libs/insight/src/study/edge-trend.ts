import { ascending, mean, normalScores, normalUpper, quantile, studentUpper, variance } from "@tanren/statistics"
import type { Lacking } from "../lacking.ts"
import { judgement, limitsOf, type Thresholds } from "../threshold.ts"
import type { Axis } from "./axis.ts"
import { fitSurface, partialOf, type Surface } from "./response-surface.ts"
import type { Point } from "./study.ts"
import { thresholds as inStudies } from "./thresholds.ts"

export const thresholds = {
  edgeBestShare: judgement(0.3, "the best few of an edge: a little more than a quarter"),
  edgeBetterShare: judgement(0.2, "fewer of them, where results level off towards the edge"),
  edgeVeryBestShare: judgement(0.12, "fewer still, where they improve at the very end"),
  edgeGood: judgement(0.35, "of the trials: the better third, which shows how far good ones lie apart"),
  edgeBest: judgement(0.1, "of the trials: the best, from which that is counted"),
  edgeFarWorse: judgement(5, "times as far beyond that third: so bad that where it lies says nothing of the best"),
  edgeGoodLimit: judgement(0.9, "as the limit of an edge, among good points alone, which shows the optimum better"),
  edgeAmongGood: judgement(0.5, "there results must improve towards the edge rather than worsen"),
  edgePart: judgement(0.125, "of the range: the outermost part, and the one next to it"),
  edgeWorse: judgement(1, "standard errors by which the outermost part is worse than the next: then it is no edge"),
  edgeClearlyWorse: judgement(2, "the same where it is not even worth a look"),
  edgeValues: judgement(3, "different values: two ends alone show no optimum between them"),
  edgeFreedom: judgement(4, "degrees of freedom left by the fit, for its error to be known"),
  edgeZone: judgement(0.4, "the outer part of a range in which results must still improve towards the edge"),
  edgeLimit: judgement(0.8, "an optimum this far out or further counts as on the edge"),
  edgeBestFew: judgement(0.74, "mean place of the best few, 1 at the edge: an optimum inside keeps them further in"),
  edgeImproving: judgement(0.1, "chance of the fitted improvement towards the edge, were the optimum inside"),
  edgeOuter: judgement(0.4, "in the outer part results must improve towards the edge rather than worsen"),
  unclearBestFew: judgement(0.55, "as for an edge, only hinted at"),
  unclearImproving: judgement(0.5, "as for an edge, only hinted at"),
  unclearOuter: judgement(0.8, "as for an edge, only hinted at"),
  wallBestFew: judgement(0.68, "as for an edge, with fewer trials below the wall"),
  wallImproving: judgement(0.3, "as for an edge, with fewer trials below the wall"),
  wallOuter: judgement(0.65, "as for an edge, with fewer trials below the wall"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...thresholds })

export type Side = "low" | "high"

/** How the results behave towards one end of a range. */
export interface EdgeTrend {
  /** Chance that the best few would lie as near this edge, given the density actually sampled. */
  readonly crowding: number
  /** Chance of so much improvement towards the edge if the optimum lay at `edgeLimit` or further inside. */
  readonly improving: number
  /** The same, from the outer part of the range alone. */
  readonly outer: number
  /** Standard errors by which the outermost part of the range is worse than the one next to it; null of few points. */
  readonly outermostWorse: number | null
  /** As `improving`, right before the edge and among the good points alone; null where none are far worse. */
  readonly amongGood: number | null
  /** Mean coordinate of the best few, 1 at the edge. */
  readonly bestFewAt: number
  readonly bestFew: ReadonlyArray<Point>
  /** The outermost value's coordinate: below 1 where few values share the range, each in the middle of its part. */
  readonly reach: number
}

const ofEdges = [limit("edgeBestShare"), limit("edgeBetterShare"), limit("edgeVeryBestShare")]

/** Below a wall there are fewer trials, and at one of few values as many as there are: one share of the best is enough. */
export const oneShare = [limit("edgeBestShare")]

/** A place counted from the middle of the range, in a range that ends at `reach`. */
const within = (reach: number, place: number): number => 0.5 + (place - 0.5) * (2 * reach - 1)

/** How sure one must be of each kind of end; a wall is one end of one hyperparameter, and has fewer trials below it. */
const ends = {
  edge: { bestFewAt: "edgeBestFew", improving: "edgeImproving", outer: "edgeOuter" },
  unclear: { bestFewAt: "unclearBestFew", improving: "unclearImproving", outer: "unclearOuter" },
  wall: { bestFewAt: "wallBestFew", improving: "wallImproving", outer: "wallOuter" },
} as const satisfies Record<string, Record<string, keyof typeof thresholds>>

/**
 * Crowded: beyond chance, and not around an optimum that lies inside. `level` is this end's share of the significance
 * level; an optimum inside would put the best few further in, and let costs rise again towards the end.
 */
export const isCrowded = (trend: EdgeTrend, level: number, end: keyof typeof ends): boolean =>
  trend.crowding <= level &&
  (end === "wall" || !turnsBack(trend, "edgeWorse")) &&
  (end === "wall" || (trend.amongGood ?? 0) <= limit("edgeAmongGood")) &&
  trend.bestFewAt >= within(trend.reach, limit(ends[end].bestFewAt)) &&
  trend.improving <= limit(ends[end].improving) &&
  trend.outer <= limit(ends[end].outer)

/**
 * Whether results are worse again at the very end: the optimum was passed. A range of which a large part is bad (half of
 * it at chance, say) has its best far from there, and no fitted curve says that they are not at the end.
 */
const turnsBack = ({ outermostWorse }: EdgeTrend, by: "edgeWorse" | "edgeClearlyWorse"): boolean =>
  outermostWorse !== null && outermostWorse > limit(by)

/** Whether the best few are out there by more than chance, though no edge shows: nothing to call fine. */
export const isOutThere = (trend: EdgeTrend, level: number): boolean =>
  trend.crowding <= level &&
  !turnsBack(trend, "edgeClearlyWorse") &&
  trend.bestFewAt >= within(trend.reach, limit("edgeBestFew"))

/**
 * Judges both ends of one range. `coordinate` is 0 at the low and 1 at the high end (a stability wall may stand for the
 * high end). The other hyperparameters' effects are taken out first, on normal scores of the ranks, so that neither
 * they nor a few very bad trials decide.
 *
 * @param reach where the outermost values lie, 1 at the end of the range
 * @param shares of the trials that are taken for the best few, of which the most telling counts
 */
export const edgeTrends = (
  points: ReadonlyArray<Point>,
  axes: ReadonlyArray<Axis>,
  axis: Axis,
  coordinate: (point: Point) => number,
  reach: Readonly<Record<Side, number>> = { low: 1, high: 1 },
  shares: ReadonlyArray<number> = ofEdges,
): { readonly low: EdgeTrend; readonly high: EdgeTrend; readonly surface: Surface } | undefined => {
  const at = points.map(coordinate)
  if (points.length < limit("minimumPoints") || new Set(at).size < limit("edgeValues")) return undefined
  const coordinates = points.map((point, i) => point.coordinates.with(axis.index, at[i]!))
  const scores = normalScores(points.map((point) => point.cost))
  const surface = fitSurface(axes, coordinates, scores, axis)
  if (surface.fit.degreesOfFreedom < limit("edgeFreedom") || !(surface.fit.variance > 0)) return undefined
  const own = surface.groups.find((group) => group.axis.key === axis.key)
  if (own === undefined) return undefined
  const partial = partialOf(surface, axis)
  const good = amongGood(points, axes, axis, coordinate, reach)
  const side = (towards: Side): EdgeTrend => {
    const near = towards === "high" ? at : at.map((u) => 1 - u)
    const crowd = crowdingOf(near, partial, shares)
    const improving = derivativeChance(surface, own.columns, towards, within(reach[towards], limit("edgeLimit")))
    const outer = outerChance(near, partial, surface.fit.variance, surface.fit.degreesOfFreedom)
    const outermostWorse = outermostOf(near, partial, surface.fit.variance, reach[towards])
    return {
      outermostWorse,
      amongGood: good?.[towards] ?? null,
      crowding: crowd.p,
      bestFewAt: crowd.at,
      bestFew: crowd.indices.map((i) => points[i]!),
      improving,
      outer,
      reach: reach[towards],
    }
  }
  return { low: side("low"), high: side("high"), surface }
}

/** Why `edgeTrends` says nothing: too few values that the hyperparameter took, or too few points for the fit. */
export const edgeLacking = (points: ReadonlyArray<Point>, axis: Axis): Lacking => {
  const distinct = new Set(points.map(({ coordinates }) => coordinates[axis.index])).size
  return points.length >= limit("minimumPoints") && distinct < limit("edgeValues")
    ? { distinct, needed: limit("edgeValues") }
    : { points: points.length, needed: limit("minimumPoints") }
}

/**
 * Where half of a range is at chance, all good results lie in the other half, and crowd its end as much as its middle.
 * What is so much worse says nothing of where among the good ones the best lie: they are compared with one another.
 */
const withoutFarWorse = (points: ReadonlyArray<Point>): ReadonlyArray<Point> => {
  const sorted = ascending(points.map(({ cost }) => cost))
  const middle = quantile(sorted, limit("edgeGood"))
  const far = middle + limit("edgeFarWorse") * (middle - quantile(sorted, limit("edgeBest")))
  return points.filter(({ cost }) => cost <= far)
}

/** Chances of so much improvement right before each end, among the good points alone; null where they are too few. */
const amongGood = (
  points: ReadonlyArray<Point>,
  axes: ReadonlyArray<Axis>,
  axis: Axis,
  coordinate: (point: Point) => number,
  reach: Readonly<Record<Side, number>>,
): Readonly<Record<Side, number>> | null => {
  const good = withoutFarWorse(points)
  const at = good.map(coordinate)
  if (good.length === points.length || good.length < limit("minimumPoints") || new Set(at).size < limit("edgeValues"))
    return null
  const coordinates = good.map((point, i) => point.coordinates.with(axis.index, at[i]!))
  const surface = fitSurface(axes, coordinates, normalScores(good.map((point) => point.cost)), axis)
  const own = surface.groups.find((group) => group.axis.key === axis.key)
  if (own === undefined || surface.fit.degreesOfFreedom < limit("edgeFreedom") || !(surface.fit.variance > 0))
    return null
  const right = (towards: Side) =>
    derivativeChance(surface, own.columns, towards, within(reach[towards], limit("edgeGoodLimit")))
  return { low: right("low"), high: right("high") }
}

/**
 * Mean coordinate of the best few against draws without replacement from all that were sampled: of the best 30, 20 and
 * 12 %, at the smallest chance of the three times their number. Where results level off towards an edge, more than a few
 * of them are about as good, and do not crowd.
 */
const crowdingOf = (near: ReadonlyArray<number>, partial: ReadonlyArray<number>, shares: ReadonlyArray<number>) => {
  const n = near.length
  const sorted = partial.map((_, i) => i).sort((a, b) => partial[a]! - partial[b]!)
  const average = mean(near)
  const sizes = shares.map((share) => Math.min(n - 1, Math.max(limit("fewest"), Math.ceil(n * share))))
  const found = [...new Set(sizes)].map((k) => {
    const indices = sorted.slice(0, k)
    const at = mean(indices.map((i) => near[i]!))
    const error = Math.sqrt((variance(near) / k) * (1 - k / n))
    return { at, indices, p: error > 0 ? normalUpper((at - average) / error) : 1 }
  })
  const least = found.reduce((a, b) => (b.p < a.p ? b : a))
  return { ...least, p: Math.min(1, found.length * least.p) }
}

/** How much worse the outermost part is than the next one, or the outermost value where few share the range. */
const outermostOf = (
  near: ReadonlyArray<number>,
  partial: ReadonlyArray<number>,
  variance: number,
  reach: number,
): number | null => {
  const part = limit("edgePart")
  const outer = near.flatMap((u, i) => (u > reach - part ? [partial[i]!] : []))
  const rest = near.filter((u) => u <= reach - part)
  const from = rest.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const next = near.flatMap((u, i) =>
    u <= reach - part && u > Math.min(from - part / 2, reach - 2 * part) ? [partial[i]!] : [],
  )
  if (outer.length < 2 || next.length < 2) return null
  return (mean(outer) - mean(next)) / Math.sqrt(variance * (1 / outer.length + 1 / next.length))
}

/** One-sided test that costs still fall towards the edge at some place, by the fitted quadratic. */
const derivativeChance = (surface: Surface, columns: ReadonlyArray<number>, towards: Side, place: number): number => {
  const centred = place - 0.5
  const sign = towards === "high" ? 1 : -1
  const isSquare = columns.length > 1 && surface.columns[columns[columns.length - 1]!]!.some((x) => x < -1e-12)
  const square = columns[columns.length - 1]!
  const linear = isSquare ? columns[columns.length - 2]! : square
  const { coefficients, inverse, variance, degreesOfFreedom } = surface.fit
  const slope = sign * coefficients[linear]! + (isSquare && square !== linear ? 2 * centred * coefficients[square]! : 0)
  const cross = square === linear ? 0 : inverse[linear]![square]!
  const own = square === linear ? 0 : inverse[square]![square]!
  const spread = inverse[linear]![linear]! + 4 * centred * sign * cross + 4 * centred * centred * own
  return studentUpper(-slope / Math.sqrt(spread * variance), degreesOfFreedom)
}

/** One-sided test of the straight line through the outer part of the range, which holds two values of it at least. */
const outerChance = (
  near: ReadonlyArray<number>,
  partial: ReadonlyArray<number>,
  variance: number,
  df: number,
): number => {
  const second = [...new Set(near)].sort((a, b) => b - a)[1] ?? 1
  const from = Math.min(1 - limit("edgeZone"), second)
  const zone = near.flatMap((u, i) => (u >= from ? [i] : []))
  if (zone.length < limit("fewest")) return 1
  const centre = mean(zone.map((i) => near[i]!))
  let cross = 0
  let squares = 0
  for (const i of zone) {
    cross += (near[i]! - centre) * partial[i]!
    squares += (near[i]! - centre) ** 2
  }
  return squares > 0 ? studentUpper(-cross / squares / Math.sqrt(variance / squares), df) : 1
}
