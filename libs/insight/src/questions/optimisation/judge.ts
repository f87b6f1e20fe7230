import { ascending, median, quantile } from "@tanren/statistics"
import { metricNamed } from "../../curves/curve.ts"
import { blewUpEarly, isUnstable } from "../../curves/loss-rise.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import type { Lacking } from "../../lacking.ts"
import type { Axis } from "../../study/axis.ts"
import { edgeTrends, isCrowded, oneShare } from "../../study/edge-trend.ts"
import { activeOn, bestFew, idsOf, type Point, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { isDivergence, isStanding, thresholds as ofWalls, rateAt, wallOf } from "../../study/wall.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, playbook, type Thresholds } from "../../threshold.ts"
import { amongBest, nearWall, withoutWall } from "./words.ts"

export const thresholds = {
  spike: judgement(10, "times the median gradient norm"),
  clipPercentile: playbook(0.9, "clip at the 90th percentile of the gradient norms"),
  everyStep: judgement(20, "first evaluations, a step apart each: spikes would be seen"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...inCurves, ...ofWalls, ...thresholds })

/**
 * Playbook, "Identifying unstable workloads": does the training loss rise at learning rates above the best one? Any
 * model does so somewhere; it is a problem only where results still improve up to the rates that are unstable.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const trials = study.points.flatMap((point) => point.trials)
  const loss = metricNamed("trainLoss", trials)
  const axis = study.axes.find((candidate) => candidate.meaning === "learning-rate" && candidate.kind === "ordered")
  const watched = spikesAndBlowUps(study, loss)
  if (loss === undefined || axis === undefined)
    return [
      withoutRates(axis, watched, {
        lacking: { missing: loss === undefined ? "train/loss" : "learning rate" },
        trials: idsOf(bestFew(study.points)),
      }),
    ]
  const active = activeOn(axis, study.points)
  const read = active.filter((point) =>
    curvesOf(study, point, loss).some((curve) => curve.values.length + curve.notFinite >= limit("minimumEvaluations")),
  )
  if (read.length < limit("minimumPoints"))
    return [
      withoutRates(axis, watched, {
        lacking: {
          points: read.length,
          evaluations: read.length,
          trialsNeeded: limit("minimumPoints"),
          needed: limit("minimumEvaluations"),
        },
        trials: idsOf(read),
      }),
    ]
  const unstable = new Set(read.filter((point) => curvesOf(study, point, loss).some(isUnstable)))
  const at = (point: Point) => point.coordinates[axis.index]!
  const stable = read.filter((point) => !unstable.has(point))
  // A trial that diverged without a curve rose all the same.
  const diverged = activeOn(axis, study.infeasible).filter(
    (point) => isDivergence(point) || isUnstable(study.curve(point.trial, loss)),
  )
  const rising = [...[...unstable].map(at), ...diverged.map((point) => point.coordinates[axis.index]!)]
  const wall = wallOf(stable.map(at), rising)
  const subject = axis.key
  const seen = { ...watched.evidence, unstable: rising.length }
  const bestUnstable = bestFew(read).some((point) => unstable.has(point))
  if (wall === undefined)
    return [
      judged(withoutWall, {
        subject,
        verdict: bestUnstable || watched.any ? "watch" : "fine",
        evidence: { ...seen, points: read.length, wall: false, bestUnstable },
        trials: idsOf([...unstable]),
      }),
    ]
  const trend = edgeTrends(stable, study.axes, axis, (point) => at(point) / wall.at, undefined, oneShare)?.high
  if (trend === undefined)
    return [
      notJudged(nearWall, {
        subject,
        lacking: { points: read.length, needed: limit("minimumPoints") },
        seen,
        trials: idsOf(read),
      }),
    ]
  const standing = isStanding(wall)
  const isProblem = standing && isCrowded(trend, limit("wallSignificance"), "wall")
  const closeBelow = isCrowded(trend, limit("suspicion"), "wall")
  return [
    judged(nearWall, {
      subject,
      verdict: isProblem ? "problem" : closeBelow || bestUnstable || watched.any ? "watch" : "fine",
      evidence: {
        ...seen,
        points: read.length,
        wall: standing,
        wallAt: rateAt(axis, wall.at),
        closeBelow,
        bestFewAt: trend.bestFewAt,
        chanceOfCrowding: trend.crowding,
        chanceOfTrend: trend.improving,
        bestUnstable,
      },
      trials: idsOf([...unstable]),
      action: isProblem ? { type: "cure-instability", hyperparameter: axis.key } : undefined,
    }),
  ]
}

/** What the best trials show by themselves, if anything; else what is lacking. */
const withoutRates = (
  axis: Axis | undefined,
  { any, evidence }: ReturnType<typeof spikesAndBlowUps>,
  { lacking, trials }: { readonly lacking: Lacking; readonly trials: ReadonlyArray<string> },
): Judged => {
  const { missing, points, evaluations, trialsNeeded, needed } = lacking
  const why = missing === undefined ? { points, evaluations, trialsNeeded, needed } : { missing }
  const subject = axis?.key
  return any
    ? judged(amongBest, { subject, verdict: "watch", evidence: { ...evidence, ...why }, trials })
    : notJudged(amongBest, { subject, lacking: why, seen: evidence, trials })
}

const curvesOf = (study: Study, point: Point, name: string) => point.trials.map((trial) => study.curve(trial, name))

const highest = (values: ReadonlyArray<number>): number => values.reduce((a, b) => Math.max(a, b))

/** Watched among the best few: what clipping and warmup cure. */
const spikesAndBlowUps = (study: Study, loss: string | undefined) => {
  const best = bestFew(study.points).flatMap((point) => point.trials)
  const norm = metricNamed("gradientNorm", best)
  const norms =
    norm === undefined
      ? []
      : best
          .map((trial) => study.curve(trial, norm))
          .filter((curve) => curve.values.length >= limit("minimumEvaluations"))
  const spiky = norms.filter((curve) => highest(curve.values) > limit("spike") * median(curve.values))
  const everyNorm = ascending(norms.flatMap((curve) => [...curve.values]))
  const blown = loss === undefined ? [] : best.filter((trial) => blewUpEarly(study.curve(trial, loss)))
  const everyStep =
    loss !== undefined &&
    best.some((trial) =>
      study
        .curve(trial, loss)
        .steps.slice(0, limit("everyStep"))
        .every((step, i) => step <= i + 1),
    )
  return {
    any: spiky.length > 0 || blown.length > 0,
    evidence: {
      gradientNormSpikes: norm === undefined ? null : spiky.length,
      clipAt: everyNorm.length > 0 ? quantile(everyNorm, limit("clipPercentile")) : null,
      earlyBlowUps: blown.length,
      everyStepEvaluated: everyStep,
    },
  }
}
