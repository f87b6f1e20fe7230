import { isConstant, isRanged, keysOf, type RangedHyperparameter, toUnit } from "@tanren/space"
import { type Hyperparameter, type Hyperparameters, type Meaning, meaningOf, type Value } from "@tanren/terms"

/** One declared hyperparameter, on its own scale. */
export interface Axis {
  readonly key: string
  readonly name: string
  readonly index: number
  readonly hyperparameter: Hyperparameter
  readonly meaning: Meaning
  /** `ordered`: the coordinate means something. */
  readonly kind: "ordered" | "categorical"
  readonly scientific: boolean
}

export const axesOf = (
  hyperparameters: ReadonlyArray<Hyperparameter>,
  scientific: ReadonlyArray<string>,
): ReadonlyArray<Axis> => {
  const keys = keysOf(hyperparameters)
  return hyperparameters.flatMap((hyperparameter, index) =>
    isConstant(hyperparameter)
      ? []
      : [
          {
            key: keys[index] ?? hyperparameter.name,
            name: hyperparameter.name,
            index,
            hyperparameter,
            meaning: meaningOf(hyperparameter, hyperparameters),
            kind:
              hyperparameter.type === "categorical" || hyperparameter.type === "boolean" ? "categorical" : "ordered",
            scientific: scientific.includes(hyperparameter.name) || scientific.includes(keys[index] ?? ""),
          } satisfies Axis,
        ],
  )
}

/** One coordinate a declaration; null where inactive or not a possible value. */
export const coordinatesOf = (
  hyperparameters: ReadonlyArray<Hyperparameter>,
  point: Hyperparameters,
): ReadonlyArray<number | null> =>
  toUnit(hyperparameters, point).map((at, index) => {
    const { name, ...hyperparameter } = hyperparameters[index]!
    return at !== null && hyperparameter.type === "discrete"
      ? (placeAmong(hyperparameter.values, point[name]) ?? at)
      : at
  })

/**
 * Where a number lies among listed ones, from the lowest (above 0) to the highest (below 1), in whatever order they were
 * listed; undefined where it is none of them, or where not all of them are numbers.
 */
export const placeAmong = (values: ReadonlyArray<Value>, value: Value | undefined): number | undefined => {
  if (typeof value !== "number" || !values.includes(value)) return undefined
  const numbers = values.filter((one) => typeof one === "number")
  if (numbers.length < values.length) return undefined
  return (numbers.filter((one) => one < value).length + 0.5) / numbers.length
}

/** The range that an ordered hyperparameter spans: its own, or from the lowest to the highest of its listed numbers. */
export const rangeOf = ({ hyperparameter }: Axis): RangedHyperparameter | undefined => {
  if (isRanged(hyperparameter)) return hyperparameter
  if (hyperparameter.type !== "discrete") return undefined
  const { values, ...declared } = hyperparameter
  const type = values.every(Number.isInteger) ? "int" : "float"
  return { ...declared, type, low: Math.min(...values), high: Math.max(...values) }
}
