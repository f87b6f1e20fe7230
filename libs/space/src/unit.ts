import type { Hyperparameter, Hyperparameters, Value } from "@tanren/terms"
import { activeDeclarations } from "./conditions.ts"
import { scaleOf } from "./scale/index.ts"
import { isRanged, listedValues, type RangedHyperparameter, stepOf, stepsIn, stepValue } from "./values.ts"

/**
 * A point as coordinates in [0, 1], one a declaration in the order given; null where it is inactive, missing, or not a
 * value that the declaration could have. A number outside the range goes on below 0 or above 1.
 *
 * Exact: `fromUnit(h, toUnit(h, p))` is p for every p that `fromUnit` gives.
 */
export function toUnit(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  point: Hyperparameters,
): ReadonlyArray<number | null> {
  const value = (index: number): Value | undefined => {
    const name = hyperparameters[index]?.name ?? ""
    return Object.hasOwn(point, name) ? point[name] : undefined
  }
  const active = activeDeclarations(hyperparameters, value, point)
  return hyperparameters.map((hyperparameter, index) => {
    const given = value(index)
    return active[index] && given !== undefined ? unitOf(hyperparameter, given) : null
  })
}

/**
 * The point of unit coordinates, one a declaration whether active or not (clamped to [0, 1]): flat names, active
 * hyperparameters only.
 *
 * @param held values of parents that are not declared here (a study's held values); they are not part of the result
 * @throws RangeError where an active declaration's coordinate is missing or not a number
 */
export function fromUnit(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  unit: ArrayLike<number | null>,
  held: Hyperparameters = {},
): Hyperparameters {
  const values: Array<Value | undefined> = hyperparameters.map(() => undefined)
  const choose = (index: number): Value => {
    const known = values[index]
    if (known !== undefined) return known
    const hyperparameter = hyperparameters[index] as Hyperparameter
    const value = valueAt(hyperparameter, unit[index] ?? Number.NaN)
    values[index] = value
    return value
  }
  const active = activeDeclarations(hyperparameters, choose, held)
  const point: Record<string, Value> = {}
  hyperparameters.forEach(({ name }, index) => {
    if (active[index]) point[name] = choose(index)
  })
  return point
}

/** The coordinate of one value, conditions aside; null for a value that the declaration cannot have. */
export function unitOf(hyperparameter: Hyperparameter, value: Value): number | null {
  if (isRanged(hyperparameter)) return typeof value === "number" ? rangeCoordinate(hyperparameter, value) : null
  const values = listedValues(hyperparameter) ?? []
  const index = values.indexOf(value)
  return index === -1 ? null : (index + 0.5) / values.length
}

/** The value at one coordinate, conditions aside. */
export function valueAt(hyperparameter: Hyperparameter, coordinate: number): Value {
  if (Number.isNaN(coordinate)) throw new RangeError(`${hyperparameter.name}: its unit coordinate is not a number`)
  // A zero has one sign: -0 would not come back.
  if (isRanged(hyperparameter)) return rangeValue(hyperparameter, coordinate) + 0
  const values = listedValues(hyperparameter) ?? []
  const index = Math.floor(coordinate * values.length)
  const value = values[Math.min(Math.max(index, 0), values.length - 1)]
  if (value === undefined) throw new RangeError(`${hyperparameter.name}: it has no values`)
  return value
}

/**
 * The ends of the unit interval in the space in which the hyperparameter is uniform. On a grid each value owns a cell
 * around it and the first and last cells are mirrored, so that the ends are drawn as often as their neighbours.
 */
function ends(hyperparameter: RangedHyperparameter): readonly [number, number] {
  const { low, high } = hyperparameter
  const { spread } = scaleOf(hyperparameter)
  const step = stepOf(hyperparameter)
  if (step === undefined) return [spread(low), spread(high)]
  const last = stepValue(hyperparameter, step, stepsIn(hyperparameter, step))
  return [2 * spread(low) - spread(low + step / 2), 2 * spread(last) - spread(last - step / 2)]
}

function rangeCoordinate(hyperparameter: RangedHyperparameter, value: number): number | null {
  const step = stepOf(hyperparameter)
  if (step !== undefined && stepsIn(hyperparameter, step) === 0) return value === hyperparameter.low ? 0.5 : null
  const [first, last] = ends(hyperparameter)
  const coordinate = (scaleOf(hyperparameter).spread(value) - first) / (last - first)
  return Number.isFinite(coordinate) ? coordinate : null
}

function rangeValue(hyperparameter: RangedHyperparameter, coordinate: number): number {
  const { low, high } = hyperparameter
  const scale = scaleOf(hyperparameter)
  const step = stepOf(hyperparameter)
  if (step === undefined) {
    if (coordinate <= 0) return low
    if (coordinate >= 1) return high
    const [first, last] = ends(hyperparameter)
    const value = scale.rounded(scale.unspread(first + coordinate * (last - first)), low, high)
    // A rounded value that the cube cannot tell from an end is the end.
    const rounded = (scale.spread(value) - first) / (last - first)
    if (!(rounded > 1e-13)) return low
    return rounded < 1 - 1e-13 ? value : high
  }
  const steps = stepsIn(hyperparameter, step)
  if (steps === 0) return low
  const [first, last] = ends(hyperparameter)
  const value = scale.unspread(first + Math.min(Math.max(coordinate, 0), 1) * (last - first))
  const count = Math.min(Math.max(Math.round((value - low) / step), 0), steps)
  return Math.min(Math.max(stepValue(hyperparameter, step, count), low), high)
}
