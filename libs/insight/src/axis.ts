import {
  type Hyperparameter,
  type Hyperparameters,
  isConstant,
  keysOf,
  type Meaning,
  meaningOf,
  toUnit,
  type Value,
} from "@tanren/space"

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
): ReadonlyArray<number | null> => toUnit(hyperparameters, point)

export const valueOn = (axis: Axis, point: Hyperparameters): Value | undefined => point[axis.name]
