import { ascending, pooledSd, studentUpper } from "@tanren/statistics"
import type { Trial } from "@tanren/terms"
import { judgement, limitsOf, significance, type Thresholds } from "../threshold.ts"
import type { GoalAnswer, Noise } from "./input.ts"
import type { Point } from "./study.ts"
import { thresholds as inStudies } from "./thresholds.ts"

export const thresholds = {
  blownUpChance: significance(0.001, "that one of so many repeats stands out so far among normal ones"),
  blownUpShare: judgement(0.25, "of the repeats that may have blown up: with more of them it is what retraining does"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...thresholds })

export interface Repeats {
  /** Undefined without repeats, and where all agree exactly: a program that ignores its seed shows no noise, not none. */
  readonly noise: Noise | undefined
  /** Runs that ended far worse than others of the same point: a blow-up is no retraining noise. */
  readonly blownUp: ReadonlySet<Trial>
}

interface Run {
  readonly trial: Trial
  readonly cost: number
}

/**
 * Retraining (trial) standard deviation, pooled over the groups of equal hyperparameters with other seeds.
 * Playbook, "Determining whether to adopt a training pipeline change": the trial variance.
 *
 * One run that blew up would be all of it. The worst are taken out one after the other, up to a quarter of the runs, and
 * as many stay out as the last at which the next one stood out (Rosner's generalised extreme studentized deviate, one-
 * sided: several must not hide one another): by more than luck would among normal ones, and by `farOutNoise` standard
 * deviations of all others. So strict a rule leaves the estimate of clean noise as it is.
 */
export const noiseFromRepeats = (points: ReadonlyArray<Pick<Point, "trials" | "costs">>): Repeats => {
  let groups = points.flatMap(({ trials, costs }) =>
    costs.length < 2 ? [] : [trials.map((trial, i): Run => ({ trial, cost: costs[i]! }))],
  )
  const all = pooled(groups)
  const runs = groups.reduce((count, group) => count + group.length, 0)
  const resolution = finest(points.flatMap(({ costs }) => costs))
  const out: Array<Run> = []
  let kept = { noise: all, out: 0 }
  while (out.length < Math.max(1, runs * limit("blownUpShare"))) {
    const worst = worstOf(groups)
    if (worst === undefined) break
    out.push(worst.run)
    groups = groups.map((group) => group.filter((run) => run !== worst.run)).filter((group) => group.length >= 2)
    const rest = pooled(groups)
    if (rest === undefined) break
    // Where a metric moves in steps, most repeats agree by rounding: what they vary by is not less than a step.
    const sd = Math.max(rest.sd, resolution)
    const p = (runs - out.length + 1) * studentUpper(worst.deviate / sd, rest.degreesOfFreedom)
    if (p <= limit("blownUpChance") && worst.deviate > limit("farOutNoise") * sd)
      kept = { noise: rest, out: out.length }
  }
  const { noise } = kept
  return {
    noise: noise !== undefined && noise.sd > 0 ? noise : undefined,
    blownUp: new Set(out.slice(0, kept.out).map(({ trial }) => trial)),
  }
}

const pooled = (groups: ReadonlyArray<ReadonlyArray<Run>>): Noise | undefined =>
  pooledSd(groups.map((group) => group.map(({ cost }) => cost)))

/** The run that ends furthest above the mean of the others of its point, in units of that difference's own error. */
const worstOf = (groups: ReadonlyArray<ReadonlyArray<Run>>) => {
  let worst: { readonly run: Run; readonly deviate: number } | undefined
  for (const group of groups) {
    const total = group.reduce((sum, { cost }) => sum + cost, 0)
    for (const run of group) {
      const others = (total - run.cost) / (group.length - 1)
      const deviate = (run.cost - others) / Math.sqrt(1 + 1 / (group.length - 1))
      if (worst === undefined || deviate > worst.deviate) worst = { run, deviate }
    }
  }
  return worst
}

/** The smallest step between different values. */
const finest = (of: ReadonlyArray<number>): number => {
  const sorted = ascending(of)
  let least = Number.POSITIVE_INFINITY
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i]! - sorted[i - 1]!
    if (step > 0 && step < least) least = step
  }
  return Number.isFinite(least) ? least : 0
}

/** Retraining noise and the re-runs behind the answers of earlier goals together. */
export const withReruns = (noise: Noise | undefined, goals: ReadonlyArray<GoalAnswer> = []): Noise | undefined => {
  let degreesOfFreedom = noise?.degreesOfFreedom ?? 0
  let squares = (noise?.sd ?? 0) ** 2 * degreesOfFreedom
  for (const { sd, repeats } of goals) {
    if (sd === undefined || !(sd > 0) || repeats < 2) continue
    degreesOfFreedom += repeats - 1
    squares += sd * sd * (repeats - 1)
  }
  return degreesOfFreedom > 0 && squares > 0
    ? { sd: Math.sqrt(squares / degreesOfFreedom), degreesOfFreedom }
    : undefined
}
