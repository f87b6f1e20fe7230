import { fromUnit, isConstant, isRanged, listedValues, toUnit, unitOf, valueAt } from "@tanren/space"
import type { Hyperparameter, Hyperparameters, Value } from "@tanren/terms"
import { activeCoordinates } from "./active.ts"

/** One dimension of the search: a hyperparameter with more than one value. */
export interface Coordinate {
  /** Its declaration's place in the space. */
  readonly declaration: number
  /** A range has distances; of categories two are the same or not. */
  readonly kind: "range" | "category"
  /** The unit coordinates of its values, ascending, where they are few enough to be told one by one. */
  readonly grid?: Float64Array
  readonly conditional: boolean
}

/**
 * A space as the Gaussian process sees it. Two vectors stand for a point:
 * - `place`: a unit coordinate for each coordinate, active or not, on the grid where there is one. Searches move it.
 * - `code`: what the kernel sees. The unit coordinate of a range, the index of a category, NaN where it is inactive.
 */
export interface Encoding {
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly held: Hyperparameters
  readonly coordinates: ReadonlyArray<Coordinate>
  readonly active: (place: Float64Array) => ReadonlyArray<boolean>
}

/**
 * A whole number of more values than this is searched as if it were continuous; `settled` puts it on its grid.
 */
const mostLevels = 1000

export function encodingOf(hyperparameters: ReadonlyArray<Hyperparameter>, held: Hyperparameters): Encoding {
  const coordinates = hyperparameters.flatMap((hyperparameter, declaration): ReadonlyArray<Coordinate> => {
    if (isConstant(hyperparameter)) return []
    const conditional = hyperparameter.when !== undefined
    const kind = hyperparameter.type === "categorical" || hyperparameter.type === "boolean" ? "category" : "range"
    const grid = gridOf(hyperparameter)
    return [{ declaration, kind, conditional, ...(grid === undefined ? {} : { grid }) }]
  })
  return { hyperparameters, held, coordinates, active: activeCoordinates(hyperparameters, held, coordinates) }
}

function gridOf(hyperparameter: Hyperparameter): Float64Array | undefined {
  const listed = listedValues(hyperparameter)
  if (listed !== undefined) return Float64Array.from(listed, (_, index) => (index + 0.5) / listed.length)
  if (!isRanged(hyperparameter)) return undefined
  const { step = hyperparameter.type === "int" ? 1 : undefined, low, high } = hyperparameter
  if (step === undefined || (high - low) / step > mostLevels) return undefined
  const levels = Math.floor((high - low) / step + 1e-9) + 1
  // The value of a level, as `valueAt` writes it: found by the coordinate that lies nearest.
  return Float64Array.from({ length: levels }, (_, level) => unitOf(hyperparameter, low + level * step) ?? 0.5)
}

/** Puts a coordinate on its grid. */
export function snapped({ grid }: Coordinate, unit: number): number {
  return grid === undefined ? Math.min(Math.max(unit, 0), 1) : grid[levelOf(grid, unit)]!
}

/** The place in a grid that lies nearest. */
export function levelOf(grid: Float64Array, unit: number): number {
  let low = 0
  let high = grid.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (grid[middle]! <= unit) low = middle
    else high = middle
  }
  return unit - grid[low]! <= grid[high]! - unit ? low : high
}

/** Writes a place's code. */
export function writeCode(encoding: Encoding, place: Float64Array, into: Float64Array, offset = 0): void {
  const { coordinates } = encoding
  const active = encoding.active(place)
  for (let c = 0; c < coordinates.length; c++) {
    const { kind, grid } = coordinates[c]!
    const unit = place[c]!
    into[offset + c] = !active[c] ? Number.NaN : kind === "category" ? levelOf(grid!, unit) : unit
  }
}

/** The hyperparameters at a place. */
export function pointAt(encoding: Encoding, place: Float64Array): Hyperparameters {
  const unit = new Float64Array(encoding.hyperparameters.length).fill(0.5)
  encoding.coordinates.forEach(({ declaration }, c) => {
    unit[declaration] = place[c]!
  })
  return fromUnit(encoding.hyperparameters, unit, encoding.held)
}

/**
 * A point's place; undefined where it lies outside the space or a declaration could not have its value. Names that the
 * space does not declare, and values of inactive hyperparameters, are passed over. Inactive coordinates
 * stand in the middle, on their grid: should their parent move, what the model sees is what is trained.
 */
export function placeOf(encoding: Encoding, point: Hyperparameters): Float64Array | undefined {
  const { hyperparameters, held, coordinates } = encoding
  const unit = toUnit(hyperparameters, { ...held, ...point })
  const place = Float64Array.from(coordinates, (coordinate) => snapped(coordinate, 0.5))
  for (let c = 0; c < coordinates.length; c++) {
    const { declaration } = coordinates[c]!
    const at = unit[declaration]
    if (typeof at !== "number") continue
    if (!fits(hyperparameters[declaration]!, point, at)) return undefined
    place[c] = snapped(coordinates[c]!, at)
  }
  const active = encoding.active(place)
  return coordinates.every(({ declaration }, c) => active[c] === (typeof unit[declaration] === "number")) &&
    constantsFit(encoding, unit, { ...held, ...point })
    ? place
    : undefined
}

/** The place of the point that is trained for a place: on every grid, however fine, and of rounded floats. */
export const settled = (encoding: Encoding, place: Float64Array): Float64Array =>
  placeOf(encoding, pointAt(encoding, place)) ?? place

function fits(hyperparameter: Hyperparameter, point: Hyperparameters, unit: number): boolean {
  if (unit < 0 || unit > 1) return false
  if (!isRanged(hyperparameter)) return true
  const value = point[hyperparameter.name]
  if (typeof value !== "number" || value < hyperparameter.low || value > hyperparameter.high) return false
  if (hyperparameter.type === "float" && hyperparameter.step === undefined) return true
  const onGrid = valueAt(hyperparameter, unit)
  return typeof onGrid === "number" && Math.abs(onGrid - value) <= 1e-6 * (hyperparameter.step ?? 1)
}

/** What a study holds still as a constant: the trial had that value, or the declaration was inactive. */
function constantsFit(
  { hyperparameters }: Encoding,
  unit: ReadonlyArray<number | null>,
  point: Readonly<Record<string, Value>>,
): boolean {
  return hyperparameters.every(
    (hyperparameter, index) =>
      !isConstant(hyperparameter) || unit[index] !== null || !Object.hasOwn(point, hyperparameter.name),
  )
}
