import type { Axis } from "../../study/axis.ts"
import { edgeLacking, edgeTrends, isCrowded, oneShare } from "../../study/edge-trend.ts"
import { activeOn, bestFew, idsOf, type Point, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { isDivergence, isStanding, thresholds as ofWalls, rateAt, wallOf } from "../../study/wall.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { limitsOf } from "../../threshold.ts"
import { belowWall, withoutWall } from "./words.ts"

const limit = limitsOf({ ...inStudies, ...ofWalls })

/**
 * Playbook, "Identifying bad search space boundaries": all trials above some learning rate infeasible and the best ones
 * right below. Every model diverges somewhere, so it is a problem only where results still improve up to the wall.
 */
export const judge = (study: Study): ReadonlyArray<Judged> =>
  study.axes
    .filter((axis) => axis.meaning === "learning-rate" && axis.kind === "ordered")
    .map((axis) => judgeAxis(study, axis, study.axes.filter((other) => other.meaning === "learning-rate").length))

const judgeAxis = (study: Study, axis: Axis, walls: number): Judged => {
  const subject = axis.key
  const points = activeOn(axis, study.points)
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
    return notJudged(withoutWall, {
      subject,
      lacking: { ...counted, needed: limit("minimumPoints") },
      trials: idsOf(points),
    })
  if (wall === undefined)
    return judged(withoutWall, {
      subject,
      verdict: "fine",
      evidence: { ...counted, wall: false },
      trials: idsOf(bestFew(points)),
    })
  const standing = isStanding(wall)
  const seen = {
    wallAt: rateAt(axis, wall.at),
    infeasibleAbove: wall.above,
    chanceOfWall: wall.chance,
  }
  const trend = edgeTrends(points, study.axes, axis, (point) => at(point) / wall.at, undefined, oneShare)?.high
  if (trend === undefined)
    return notJudged(belowWall, {
      subject,
      lacking: { ...edgeLacking(points, axis), infeasible: counted.infeasible },
      seen: { ...seen, wall: standing },
      trials: idsOf(points),
    })
  const level = limit("wallSignificance") / walls
  const verdict =
    standing && isCrowded(trend, level, "wall")
      ? "problem"
      : isCrowded(trend, limit("suspicion"), "wall")
        ? "watch"
        : "fine"
  return judged(belowWall, {
    subject,
    verdict,
    evidence: {
      ...counted,
      ...seen,
      wall: standing || verdict === "watch",
      bestFewAt: trend.bestFewAt,
      chanceOfCrowding: trend.crowding,
      chanceOfTrend: trend.improving,
      level,
    },
    trials: [...idsOf(trend.bestFew), ...diverged.map(({ trial }) => trial.id)],
    action: verdict === "problem" ? { type: "cure-instability", hyperparameter: axis.key } : undefined,
  })
}

const beyond = <P extends Pick<Point, "coordinates">>(axis: Axis, of: ReadonlyArray<P>): ReadonlyArray<P> =>
  activeOn(axis, of).filter((point) => point.coordinates[axis.index]! > 1)
