import { isRanged, spread, unspread } from "@tanren/space"
import { logChoose } from "@tanren/statistics"
import type { Finding } from "@tanren/terms"
import { finding } from "../../finding.ts"
import type { Axis } from "../../study/axis.ts"
import { edgeTrends, isCrowded } from "../../study/edge-trend.ts"
import { activeOn, bestFew, type InfeasiblePoint, idsOf, type Point, type Study } from "../../study/study.ts"
import { limit } from "../../thresholds.ts"

/** Where every trial is infeasible from a coordinate upwards. */
export interface Wall {
  readonly at: number
  readonly above: number
  /** Chance that the infeasible trials would be the top ones by luck. */
  readonly chance: number
}

/**
 * Playbook, "Identifying bad search space boundaries": all trials above some learning rate infeasible and the best ones
 * right below. Every model diverges somewhere, so it is a problem only where results still improve up to the wall.
 */
export const instabilityWall = (study: Study): ReadonlyArray<Finding> =>
  study.axes
    .filter((axis) => axis.meaning === "learning-rate" && axis.kind === "ordered")
    .map((axis) => judge(study, axis, study.axes.filter((other) => other.meaning === "learning-rate").length))

export const wallOf = (feasible: ReadonlyArray<number>, infeasible: ReadonlyArray<number>): Wall | undefined => {
  const highest = feasible.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const above = infeasible.filter((u) => u > highest)
  if (feasible.length === 0 || above.length === 0) return undefined
  const total = feasible.length + infeasible.length
  const chance = Math.exp(logChoose(infeasible.length, above.length) - logChoose(total, above.length))
  return { at: (highest + above.reduce((a, b) => Math.min(a, b))) / 2, above: above.length, chance }
}

/** Enough infeasible trials, and at the top by more than luck; a wall of fewer may stand, and is never a problem. */
export const isStanding = (wall: Wall): boolean =>
  wall.above >= limit("wallInfeasible") && wall.chance <= limit("wallChance")

const judge = (study: Study, axis: Axis, walls: number): Finding => {
  const about = { question: "instability-wall", subject: axis.key } as const
  const points = activeOn(axis, study.points)
  const isDivergence = ({ cause }: InfeasiblePoint) => !/memory|oom|constraint/i.test(cause)
  const diverged = activeOn(axis, study.infeasible).filter(isDivergence)
  const at = (point: Pick<Point, "coordinates">) => point.coordinates[axis.index]!
  // What an earlier round cut off still shows where the wall stands.
  const above = { points: beyond(axis, study.outside.points), infeasible: beyond(axis, study.outside.infeasible) }
  const wall = wallOf(
    [...points, ...above.points].map(at),
    [...diverged, ...above.infeasible.filter(isDivergence)].map(at),
  )
  const counted = { points: points.length, infeasible: diverged.length }
  if (points.length === 0 || points.length + diverged.length < limit("minimumPoints"))
    return finding({
      ...about,
      verdict: "too-few-data",
      evidence: { ...counted, needed: limit("minimumPoints") },
      trials: idsOf(points),
    })
  if (wall === undefined)
    return finding({ ...about, verdict: "fine", evidence: { ...counted, wall: false }, trials: idsOf(bestFew(points)) })
  const standing = isStanding(wall)
  const evidence = {
    ...counted,
    wallAt: rateAt(axis, wall.at),
    infeasibleAbove: wall.above,
    chanceOfWall: wall.chance,
  }
  const trend = edgeTrends(points, study.axes, axis, (point) => at(point) / wall.at)?.high
  if (trend === undefined)
    return finding({
      ...about,
      verdict: "too-few-data",
      evidence: { ...evidence, wall: standing, needed: limit("minimumPoints") },
      trials: idsOf(points),
    })
  const level = limit("wallSignificance") / walls
  const verdict =
    standing && isCrowded(trend, level, "wall")
      ? "problem"
      : isCrowded(trend, limit("suspicion"), "wall")
        ? "watch"
        : "fine"
  return finding({
    ...about,
    verdict,
    evidence: {
      ...evidence,
      wall: standing || verdict === "watch",
      bestFewAt: trend.bestFewAt,
      chanceOfCrowding: trend.crowding,
      chanceOfTrend: trend.improving,
      level,
    },
    trials: [...idsOf(trend.bestFew), ...diverged.map(({ trial }) => trial.id)],
    ...(verdict === "problem" ? { action: { type: "cure-instability", hyperparameter: axis.key } as const } : {}),
  })
}

const beyond = <P extends Pick<Point, "coordinates">>(axis: Axis, of: ReadonlyArray<P>): ReadonlyArray<P> =>
  activeOn(axis, of).filter((point) => point.coordinates[axis.index]! > 1)

export const rateAt = (axis: Axis, coordinate: number): number => {
  const hyperparameter = axis.hyperparameter
  if (!isRanged(hyperparameter)) return coordinate
  const scale = hyperparameter.scale ?? "linear"
  const low = spread(scale, hyperparameter.low)
  const value = unspread(scale, low + coordinate * (spread(scale, hyperparameter.high) - low))
  return Number(value.toPrecision(4))
}
