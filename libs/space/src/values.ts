import type { FloatHyperparameter, Hyperparameter, IntHyperparameter, Value } from "@tanren/terms"
import { decimalPlaces, toPlaces } from "@tanren/terms"

export type RangedHyperparameter = FloatHyperparameter | IntHyperparameter

export function isRanged(hyperparameter: Hyperparameter): hyperparameter is RangedHyperparameter {
  return hyperparameter.type === "float" || hyperparameter.type === "int"
}

/** Distance of neighbouring values, counted from `low`; undefined where every value between the bounds is possible. */
export function stepOf(hyperparameter: RangedHyperparameter): number | undefined {
  return hyperparameter.step ?? (hyperparameter.type === "int" ? 1 : undefined)
}

/** Whole steps between `low` and `high`; a high that is off the grid is never reached. */
export function stepsIn(hyperparameter: RangedHyperparameter, step: number): number {
  return Math.floor((hyperparameter.high - hyperparameter.low) / step + 1e-9)
}

/** The value `count` steps above `low`, in the decimal places that the person wrote: 0.3, not 0.30000000000000004. */
export function stepValue(hyperparameter: RangedHyperparameter, step: number, count: number): number {
  const places = Math.max(decimalPlaces(hyperparameter.low), decimalPlaces(step))
  return toPlaces(hyperparameter.low + count * step, places)
}

/** The values of a hyperparameter that has finitely many listed ones. */
export function listedValues(hyperparameter: Hyperparameter): ReadonlyArray<Value> | undefined {
  if (hyperparameter.type === "boolean") return [false, true]
  return isRanged(hyperparameter) ? undefined : hyperparameter.values
}

/** Whether the value is one that the hyperparameter can have. */
export function hasValue(hyperparameter: Hyperparameter, value: Value): boolean {
  if (!isRanged(hyperparameter)) return listedValues(hyperparameter)?.includes(value) ?? false
  if (typeof value !== "number" || !(value >= hyperparameter.low && value <= hyperparameter.high)) return false
  return onGrid(hyperparameter, value)
}

/** Whether a number lies on the grid of steps, ends of the range aside. */
export function onGrid(hyperparameter: RangedHyperparameter, value: number): boolean {
  const step = stepOf(hyperparameter)
  if (step === undefined) return true
  const count = Math.round((value - hyperparameter.low) / step)
  const rounding = Number.EPSILON * 4 * Math.max(Math.abs(hyperparameter.low), Math.abs(value))
  return Math.abs(value - (hyperparameter.low + count * step)) <= Math.max(step * 1e-6, rounding)
}

/**
 * The declaration with a single value: how a study holds a conditional hyperparameter still, so that it still reaches
 * the program only where it is active. It takes no dimension of a search.
 */
export function constant(hyperparameter: Hyperparameter, value: Value): Hyperparameter {
  const { name, when, meaning } = hyperparameter
  return {
    name,
    type: "categorical",
    values: [value],
    ...(when === undefined ? {} : { when }),
    ...(meaning === undefined ? {} : { meaning }),
  }
}

/** Whether there is nothing to search: one value only. */
export function isConstant(hyperparameter: Hyperparameter): boolean {
  if (!isRanged(hyperparameter)) return listedValues(hyperparameter)?.length === 1
  const step = stepOf(hyperparameter)
  return step !== undefined && stepsIn(hyperparameter, step) === 0
}
