import { isNaturalEdge, isRanged, type RangedHyperparameter, scaleOf, stepOf, widen } from "@tanren/space"
import type { Action } from "@tanren/terms"
import { type Axis, rangeOf } from "../../study/axis.ts"
import {
  type EdgeTrend,
  edgeLacking,
  edgeTrends,
  isCrowded,
  isOutThere,
  oneShare,
  type Side,
} from "../../study/edge-trend.ts"
import { takesFewValues } from "../../study/few-values.ts"
import { slicesOf } from "../../study/scientific-values.ts"
import { activeOn, type InfeasiblePoint, idsOf, type Point, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { crowding } from "./words.ts"

export const thresholds = {
  edgeSignificance: significance(0.015, "that the best few crowd by chance, of a whole study: shared among its edges"),
  unclearCrowding: significance(0.3, "of one edge alone, with so few points: too likely for a suspicion, not for fine"),
  edgeParts: judgement(
    0.5,
    "of the level is for the scientific values by themselves, the rest for all trials together",
  ),
  scaleDecades: judgement(
    2,
    "powers of ten of a linear range, from which on its low end is most of them: too few trials lie there",
  ),
  walledBy: judgement(2, "infeasible trials beyond the feasible ones: one may be chance"),
  walledFar: judgement(0.85, "where the feasible ones end well before the edge"),
  walledFarBy: judgement(1, "infeasible trial beyond is enough there"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...thresholds })

/**
 * Playbook, "Identifying bad search space boundaries": are the best points crowded at an edge? One finding a
 * hyperparameter; the significance level is shared among all edges of the study.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const ordered = study.axes.filter((axis) => axis.kind === "ordered")
  const chosen = ordered.flatMap((axis) => sides.filter((side) => !isNatural(axis, side)))
  return ordered.map((axis) => judgeAxis(study, axis, Math.max(1, chosen.length)))
}

const sides: ReadonlyArray<Side> = ["low", "high"]

const isNatural = (axis: Axis, side: Side): boolean => {
  const range = rangeOf(axis)
  return range !== undefined && isNaturalEdge(range, side)
}

interface Towards {
  readonly side: Side
  readonly trend: EdgeTrend
  readonly of: string | undefined
  readonly level: number
}

const judgeAxis = (study: Study, axis: Axis, edges: number): Judged => {
  const subject = axis.key
  const points = activeOn(axis, study.points)
  const trends = trendsOf(study, axis, points, edges)
  if (trends === undefined)
    return notJudged(crowding, { subject, lacking: edgeLacking(points, axis), trials: idsOf(points) })
  const crowded = trends.filter(({ trend, level }) => isCrowded(trend, level, "edge"))
  const isUnclear = ({ trend }: Towards) =>
    points.length < limit("unclearPoints") && isCrowded(trend, limit("unclearCrowding"), "unclear")
  const suspected = trends.filter(
    (one) =>
      isCrowded(one.trend, limit("suspicion"), "edge") ||
      isUnclear(one) ||
      isOutThere(one.trend, limit("significance") / edges),
  )
  const infeasible = activeOn(axis, study.infeasible)
  const isOpen = (side: Side) => !isWalled(side, axis, points, infeasible) && !wasCut(side, axis, study.outside)
  const isChosen = ({ side }: Towards) => !isNatural(axis, side) && isOpen(side)
  const problems = crowded.filter(isChosen)
  const watched = suspected.filter(isChosen)
  // The low end of a linear range over decades is where nearly all of them lie: a wrong scale, and no wider range cures it.
  const onLog = isSpread(axis) ? [...problems, ...watched].find(({ side }) => side === "low") : undefined
  const acted = problems.filter(({ side }) => side !== onLog?.side)
  const action = widening(
    axis,
    acted.map(({ side }) => side),
  )
  const first = acted[0] ?? onLog ?? watched[0] ?? crowded[0] ?? strongest(trends)
  return judged(crowding, {
    subject,
    verdict: action !== undefined ? "problem" : watched.length > 0 ? "watch" : "fine",
    evidence: {
      points: points.length,
      edge: first.side,
      natural: isNatural(axis, first.side),
      walled: !isOpen(first.side),
      crowded: crowded.length > 0,
      bestFewAt: first.trend.bestFewAt,
      bestFew: first.trend.bestFew.length,
      chanceOfCrowding: first.trend.crowding,
      chanceOfTrend: first.trend.improving,
      level: first.level,
      ...(action?.type === "add-values" ? { listed: first.side === "high" ? action.above : action.below } : {}),
      ...(acted.length > 0 && action === undefined ? { nextToZero: true } : {}),
      ...(first === onLog ? { decades: decadesOf(axis) } : {}),
      ...(first.of === undefined ? {} : { scientificValue: first.of }),
    },
    trials: idsOf(first.trend.bestFew),
    action:
      action ??
      (first === onLog ? { type: "reparametrise", expression: `log(${axis.key})`, of: [axis.key] } : undefined),
  })
}

/** Powers of ten from one end of a linear range to the other; 0 of all others. */
const decadesOf = (axis: Axis): number => {
  const range = rangeOf(axis)
  if (range === undefined || scaleOf(range).isLogarithmic || !isRanged(axis.hyperparameter) || range.low <= 0) return 0
  return Math.log10(range.high / range.low)
}

const isSpread = (axis: Axis): boolean => decadesOf(axis) >= limit("scaleDecades")

/** Only infeasible trials lie between the feasible ones and the edge: an instability (or another limit), which the
 * instability wall and the infeasible share speak of; a wider range would add more of them. */
const isWalled = (
  side: Side,
  axis: Axis,
  points: ReadonlyArray<Point>,
  infeasible: ReadonlyArray<InfeasiblePoint>,
): boolean => {
  const near = nearness(side, axis)
  const outermost = Math.max(...points.map(near))
  return (
    infeasible.filter((point) => near(point) > outermost).length >=
    limit(outermost < limit("walledFar") ? "walledFarBy" : "walledBy")
  )
}

/** An earlier round cut here: of the trials that ran beyond, most were infeasible, and would be again. */
const wasCut = (side: Side, axis: Axis, outside: Study["outside"]): boolean => {
  const range = rangeOf(axis)
  const conditions = Object.entries(axis.hyperparameter.when ?? {})
  const isBeyond = ({ hyperparameters }: Pick<Point, "hyperparameters">) => {
    const value = hyperparameters[axis.name]
    const isActive = conditions.every(([parent, values]) => values.some((one) => one === hyperparameters[parent]))
    if (range === undefined || typeof value !== "number" || !isActive) return false
    return side === "high" ? value > range.high : value < range.low
  }
  const infeasible = outside.infeasible.filter(isBeyond).length
  return infeasible >= limit("walledBy") && infeasible >= outside.points.filter(isBeyond).length
}

/** 1 at the edge, above it beyond. */
const nearness = (side: Side, axis: Axis) => (of: Pick<Point, "coordinates">) =>
  side === "high" ? of.coordinates[axis.index]! : 1 - of.coordinates[axis.index]!

/** Half of the level for all trials together, half for the scientific values by themselves. */
const trendsOf = (
  study: Study,
  axis: Axis,
  points: ReadonlyArray<Point>,
  edges: number,
): ReadonlyArray<Towards> | undefined => {
  const at = (point: Point) => point.coordinates[axis.index]!
  const isFew = takesFewValues(axis, points)
  const reach = isFew
    ? { low: Math.max(...points.map((point) => 1 - at(point))), high: Math.max(...points.map(at)) }
    : undefined
  const shares = isFew ? oneShare : undefined
  const together = edgeTrends(points, study.axes, axis, at, reach, shares)
  const parts = slicesOf(study).flatMap((slice) => {
    const trends = axis.scientific
      ? undefined
      : edgeTrends(activeOn(axis, slice.points), study.axes, axis, at, reach, shares)
    return trends === undefined ? [] : [{ of: slice.label, trends }]
  })
  const whole = together === undefined ? [] : [{ of: undefined, trends: together }]
  if (whole.length + parts.length === 0) return undefined
  const own = parts.length > 0 ? limit("edgeParts") : 0
  return [...whole, ...parts].flatMap(({ of, trends }) =>
    sides.map((side) => ({
      side,
      trend: trends[side],
      of,
      level:
        (limit("edgeSignificance") * (of === undefined ? 1 - own : own)) /
        edges /
        (of === undefined ? 1 : parts.length),
    })),
  )
}

const strongest = (of: ReadonlyArray<Towards>): Towards =>
  of.reduce((a, b) => (b.trend.crowding < a.trend.crowding ? b : a))

/**
 * Log scales by a decade, linear ones by half the width; no further than the natural limit, and not across 0 unless the
 * range lies on both sides of it: what a negative value would mean, or 0, is not known, so half the bound is the furthest.
 * Of listed numbers it can only be said where one is missing.
 */
export const widening = (axis: Axis, towards: ReadonlyArray<Side>): Action | undefined => {
  const { hyperparameter } = axis
  const range = rangeOf(axis)
  if (range === undefined || towards.length === 0) return undefined
  if (!isRanged(hyperparameter))
    return {
      type: "add-values",
      hyperparameter: axis.key,
      ...(towards.includes("low") ? { below: range.low } : {}),
      ...(towards.includes("high") ? { above: range.high } : {}),
    }
  const bounds = {
    ...(towards.includes("low") ? { low: beyond(hyperparameter, "low") } : {}),
    ...(towards.includes("high") ? { high: beyond(hyperparameter, "high") } : {}),
  }
  const widened = widen(hyperparameter, bounds)
  if (!widened.ok || !isRanged(widened.hyperparameter)) return undefined
  const { low, high } = widened.hyperparameter
  return {
    type: "widen",
    hyperparameter: axis.key,
    ...(low < hyperparameter.low ? { low } : {}),
    ...(high > hyperparameter.high ? { high } : {}),
  }
}

const beyond = (range: RangedHyperparameter, side: Side): number => {
  const { low, high } = range
  const scale = scaleOf(range)
  const bound = side === "low" ? low : high
  const from = scale.spread(bound)
  const by = scale.outwards(low, high)
  const wanted = Number(scale.unspread(side === "low" ? from - by : from + by).toPrecision(10))
  const crosses = low >= 0 ? wanted <= 0 : high <= 0 && wanted >= 0
  return crosses ? onStep(range, bound / 2) : wanted
}

/** The step next to a number on the side of the range; the bound itself where there is none between. */
const onStep = (range: RangedHyperparameter, value: number): number => {
  const step = stepOf(range)
  if (step === undefined) return value
  const round = value < range.low ? Math.ceil : Math.floor
  return Number((range.low + step * round((value - range.low) / step)).toPrecision(10))
}
