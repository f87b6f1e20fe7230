import type { Hyperparameter } from "@tanren/terms"
import { meaningOf } from "@tanren/terms"
import { scaleOf } from "./scale/index.ts"
import { isRanged, type RangedHyperparameter } from "./values.ts"

/** Where values end by their nature; infinite where nothing ends them. */
export interface NaturalLimits {
  readonly low: number
  readonly high: number
}

/**
 * The limits that no search could widen (playbook, "Identifying bad search space boundaries": an edge that was chosen
 * is one thing, a dropout rate of 0 another). What the person declared comes first, then the scale's own
 * end, then what the meaning implies.
 */
export function naturalLimits(hyperparameter: Hyperparameter): NaturalLimits {
  if (!isRanged(hyperparameter)) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  const implied = impliedLimits(hyperparameter)
  return {
    low: declared(hyperparameter.naturalLow, hyperparameter.low, Number.NEGATIVE_INFINITY) ?? implied.low,
    high: declared(hyperparameter.naturalHigh, hyperparameter.high, Number.POSITIVE_INFINITY) ?? implied.high,
  }
}

/** Whether the range already ends where values end. */
export function isNaturalEdge(hyperparameter: Hyperparameter, side: "low" | "high"): boolean {
  if (!isRanged(hyperparameter)) return false
  const limits = naturalLimits(hyperparameter)
  return side === "low" ? hyperparameter.low <= limits.low : hyperparameter.high >= limits.high
}

function declared(natural: boolean | number | undefined, bound: number, none: number): number | undefined {
  if (natural === true) return bound
  return natural === false ? none : natural
}

function impliedLimits(hyperparameter: RangedHyperparameter): NaturalLimits {
  const { ends } = scaleOf(hyperparameter)
  const meant = meantLimits(hyperparameter)
  // A range that the person chose beyond a guessed limit shows that the guess is wrong.
  const low = meant.low <= hyperparameter.low ? meant.low : Number.NEGATIVE_INFINITY
  const high = meant.high >= hyperparameter.high ? meant.high : Number.POSITIVE_INFINITY
  return { low: Math.max(low, ends.low), high: Math.min(high, ends.high) }
}

function meantLimits(hyperparameter: RangedHyperparameter): NaturalLimits {
  const none = Number.POSITIVE_INFINITY
  const least = hyperparameter.type === "int" ? 1 : 0
  switch (meaningOf(hyperparameter)) {
    case "momentum":
    case "beta1":
    case "beta2":
      return { low: 0, high: 1 }
    case "regulariser":
      return { low: 0, high: /drop|smoothing|depth/i.test(hyperparameter.name) ? 1 : none }
    case "batch-size":
    case "training-steps":
    case "architecture":
      return { low: least, high: none }
    case "learning-rate":
    case "epsilon":
    case "warmup":
    case "clipping":
      return { low: 0, high: none }
    default:
      return { low: Number.NEGATIVE_INFINITY, high: none }
  }
}
