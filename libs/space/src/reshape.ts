import type { Hyperparameter, Value } from "@tanren/terms"
import { toPlaces } from "@tanren/terms"
import { keysOf } from "./keys.ts"
import { naturalLimits } from "./limits.ts"
import { scaleOf } from "./scale/index.ts"
import { isRanged, listedValues, type RangedHyperparameter, stepOf, stepValue } from "./values.ts"

/** A changed declaration, or why it cannot be changed so. */
export type Reshaped =
  | { readonly ok: true; readonly hyperparameter: Hyperparameter }
  | { readonly ok: false; readonly reason: string }

export interface Bounds {
  readonly low?: number
  readonly high?: number
}

/** What a finding proposes for a search space; `hyperparameter` is a key. */
export type SpaceAction =
  | ({ readonly type: "widen"; readonly hyperparameter: string } & Bounds)
  | ({ readonly type: "cut"; readonly hyperparameter: string } & Bounds)
  | { readonly type: "cut-values"; readonly hyperparameter: string; readonly keep: ReadonlyArray<Value> }

/** Moves bounds outwards, as far as the natural limits and the scale let them; inward ones are ignored. */
export function widen(hyperparameter: Hyperparameter, bounds: Bounds): Reshaped {
  if (!isRanged(hyperparameter)) return refused(hyperparameter, "has listed values, which cannot be widened")
  const limits = naturalLimits(hyperparameter)
  const wantedLow = aligned(hyperparameter, Math.min(bounds.low ?? Infinity, hyperparameter.low), "floor")
  const wantedHigh = aligned(hyperparameter, Math.max(bounds.high ?? -Infinity, hyperparameter.high), "ceil")
  const lower = wantedLow < limits.low ? aligned(hyperparameter, limits.low, "ceil") : wantedLow
  const upper = wantedHigh > limits.high ? aligned(hyperparameter, limits.high, "floor") : wantedHigh
  const { name, ends } = scaleOf(hyperparameter)
  if (Number.isFinite(ends.low) && !(lower > ends.low))
    return refused(hyperparameter, `is searched on a ${name} scale, which cannot reach ${ends.low}`)
  if (Number.isFinite(ends.high) && !(upper < ends.high))
    return refused(hyperparameter, `is searched on a ${name} scale, which cannot reach ${ends.high}`)
  return moved(hyperparameter, lower, upper, "ends at its natural limit or is not moved outwards")
}

/** Moves bounds inwards; outward ones are ignored. */
export function restrict(hyperparameter: Hyperparameter, bounds: Bounds): Reshaped {
  if (!isRanged(hyperparameter)) return refused(hyperparameter, "has listed values: cut values instead of bounds")
  const low = aligned(hyperparameter, Math.max(bounds.low ?? -Infinity, hyperparameter.low), "ceil")
  const high = aligned(hyperparameter, Math.min(bounds.high ?? Infinity, hyperparameter.high), "floor")
  if (!(low < high)) return refused(hyperparameter, `would keep nothing between ${low} and ${high}`)
  return moved(hyperparameter, low, high, "is not moved inwards")
}

/** Keeps some of the listed values, in their order. */
export function restrictValues(hyperparameter: Hyperparameter, keep: ReadonlyArray<Value>): Reshaped {
  const values = listedValues(hyperparameter)
  if (values === undefined) return refused(hyperparameter, "is a range: cut its bounds instead of values")
  const kept = values.filter((value) => keep.includes(value))
  if (kept.length === 0) return refused(hyperparameter, "would keep no value")
  if (kept.length === values.length) return refused(hyperparameter, "keeps all its values")
  if (hyperparameter.type === "discrete")
    return {
      ok: true,
      hyperparameter: { ...hyperparameter, values: kept.filter((value) => typeof value === "number") },
    }
  return { ok: true, hyperparameter: { ...hyperparameter, type: "categorical", values: kept } }
}

/** One finding's action on a whole space; the other declarations are kept as they are. */
export function reshape(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  action: SpaceAction,
):
  | { readonly ok: true; readonly hyperparameters: ReadonlyArray<Hyperparameter> }
  | { readonly ok: false; readonly reason: string } {
  const index = keysOf(hyperparameters).indexOf(action.hyperparameter)
  const hyperparameter = hyperparameters[index]
  if (hyperparameter === undefined) return { ok: false, reason: `${action.hyperparameter} is not in the search space` }
  const reshaped =
    action.type === "widen"
      ? widen(hyperparameter, action)
      : action.type === "cut"
        ? restrict(hyperparameter, action)
        : restrictValues(hyperparameter, action.keep)
  return reshaped.ok ? { ok: true, hyperparameters: hyperparameters.with(index, reshaped.hyperparameter) } : reshaped
}

function refused(hyperparameter: Hyperparameter, why: string): Reshaped {
  return { ok: false, reason: `${hyperparameter.name} ${why}` }
}

/** A bound on the grid of steps, which goes on counting from the old low. */
function aligned(hyperparameter: RangedHyperparameter, bound: number, direction: "floor" | "ceil"): number {
  const step = stepOf(hyperparameter)
  if (step === undefined || !Number.isFinite(bound)) return bound
  return stepValue(
    hyperparameter,
    step,
    (direction === "floor" ? Math.floor : Math.ceil)(toPlaces((bound - hyperparameter.low) / step, 6)),
  )
}

function moved(hyperparameter: RangedHyperparameter, low: number, high: number, unmoved: string): Reshaped {
  if (low === hyperparameter.low && high === hyperparameter.high) return refused(hyperparameter, unmoved)
  const { naturalLow, naturalHigh } = hyperparameter
  return {
    ok: true,
    hyperparameter: {
      ...hyperparameter,
      low,
      high,
      // `true` speaks of the old bound, which stays the limit when the bound leaves it.
      ...(naturalLow === true && low !== hyperparameter.low ? { naturalLow: hyperparameter.low } : {}),
      ...(naturalHigh === true && high !== hyperparameter.high ? { naturalHigh: hyperparameter.high } : {}),
    },
  }
}
