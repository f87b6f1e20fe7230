import type { Finding } from "@tanren/terms"
import { finding } from "../../finding.ts"
import type { Axis } from "../../study/axis.ts"
import { edgeTrends, isCrowded } from "../../study/edge-trend.ts"
import { activeOn, bestFew, type InfeasiblePoint, idsOf, type Point, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { isStanding, thresholds as ofWalls, rateAt, wallOf } from "../../study/wall.ts"
import { limitsOf } from "../../threshold.ts"

const limit = limitsOf({ ...inStudies, ...ofWalls })

/**
 * Playbook, "Identifying bad search space boundaries": all trials above some learning rate infeasible and the best ones
 * right below. Every model diverges somewhere, so it is a problem only where results still improve up to the wall.
 */
export const instabilityWall = (study: Study): ReadonlyArray<Finding> =>
  study.axes
    .filter((axis) => axis.meaning === "learning-rate" && axis.kind === "ordered")
    .map((axis) => judge(study, axis, study.axes.filter((other) => other.meaning === "learning-rate").length))

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
