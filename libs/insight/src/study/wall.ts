import { isRanged, scaleOf } from "@tanren/space"
import { logChoose } from "@tanren/statistics"
import { judgement, limitsOf, significance, type Thresholds } from "../threshold.ts"
import type { Axis } from "./axis.ts"
import type { InfeasiblePoint } from "./study.ts"

export const thresholds = {
  wallSignificance: significance(0.015, "that the best few crowd below a wall by chance"),
  wallInfeasible: judgement(3, "trials above the wall, all infeasible"),
  wallChance: significance(0.05, "that the infeasible trials are the top ones in the rate by chance"),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/**
 * Whether an infeasible trial counts as diverged, whoever asks. Playbook: "trials that diverge, get really bad loss
 * values, or fail to run at all because they violate some implicit constraint". Of memory and a constraint we are told;
 * other words most often tell of a divergence in a way of their own. One that has nothing to do with the learning rate
 * is no danger: it does not keep to the rates above all others.
 */
export const isDivergence = ({ trial }: Pick<InfeasiblePoint, "trial">): boolean =>
  trial.cause !== "memory" && trial.cause !== "constraint"

/** Where every trial is infeasible from a coordinate upwards. */
export interface Wall {
  readonly at: number
  readonly above: number
  /** Chance that the infeasible trials would be the top ones by luck. */
  readonly chance: number
}

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

export const rateAt = (axis: Axis, coordinate: number): number => {
  const hyperparameter = axis.hyperparameter
  if (!isRanged(hyperparameter)) return coordinate
  const { spread, unspread } = scaleOf(hyperparameter)
  const low = spread(hyperparameter.low)
  const value = unspread(low + coordinate * (spread(hyperparameter.high) - low))
  return Number(value.toPrecision(4))
}
