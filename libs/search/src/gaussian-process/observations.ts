import type { Hyperparameter, Hyperparameters } from "@tanren/terms"
import { type Encoding, placeOf, writeCode } from "./encoding.ts"

/** What a Bayesian search knows of one trial. No value, or one that is not finite: infeasible. Smaller is better. */
export interface Observation {
  readonly hyperparameters: Hyperparameters
  readonly value?: number
}

export interface BayesianSearch {
  /** The space that is searched; conditions included. */
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  /** Values of parents that are not declared: what a study holds still. */
  readonly held?: Hyperparameters
  readonly seed: number
  /** Standard deviation of one point's trials, as repeats measured it, in the metric's units. Centres the noise's prior. */
  readonly noise?: number
}

/** Observations that lie in the space, in the order in which they were told. */
export interface Told {
  readonly places: Array<Float64Array>
  readonly codes: Array<Float64Array>
  /** The metric, smaller is better; NaN where the trial was infeasible. */
  readonly values: Array<number>
  /** Which of them are feasible, ascending. */
  readonly feasible: Array<number>
  /** Places that were tried and that the model passes over. */
  readonly others: Array<Float64Array>
}

export const nothingTold = (): Told => ({ places: [], codes: [], values: [], feasible: [], others: [] })

/** Adds observations; those outside the space, or with values that a declaration cannot have, are left out. */
export function tell(told: Told, encoding: Encoding, observations: ReadonlyArray<Observation>): void {
  for (const { hyperparameters, value = Number.NaN } of observations) {
    const place = placeOf(encoding, hyperparameters)
    if (place === undefined) continue
    if (Number.isFinite(value)) told.feasible.push(told.values.length)
    told.places.push(place)
    told.codes.push(codeOf(encoding, place))
    told.values.push(Number.isFinite(value) ? value : Number.NaN)
  }
}

export function codeOf(encoding: Encoding, place: Float64Array): Float64Array {
  const code = new Float64Array(place.length)
  writeCode(encoding, place, code)
  return code
}

/** Rows of codes one after the other. */
export function stacked(codes: ReadonlyArray<Float64Array>, chosen: ReadonlyArray<number>): Float64Array {
  const width = codes[0]?.length ?? 0
  const rows = new Float64Array(chosen.length * width)
  chosen.forEach((index, row) => {
    rows.set(codes[index]!, row * width)
  })
  return rows
}
