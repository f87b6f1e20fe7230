import type { Hyperparameter, Hyperparameters } from "@tanren/terms"

/** What an optimiser is tried on. Smaller is better. */
export interface Problem {
  readonly name: string
  /** Where the function is from. */
  readonly source: string
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  /** The least value among feasible points: known, or found by `optima.ts`. */
  readonly optimum: number
  /** Standard deviation of what is observed around the true value; absent: exact. */
  readonly noise?: number
  /** The true value at a point; null where the point is infeasible, as a trial that diverges. */
  readonly value: (point: Hyperparameters) => number | null
}

/** A number of a point, which has it. */
export const numberAt = (point: Hyperparameters, name: string): number => Number(point[name])

/** x0, x1, … each linear in [low, high]. */
export const box = (dimensions: number, low: number, high: number): ReadonlyArray<Hyperparameter> =>
  Array.from({ length: dimensions }, (_, at) => ({ name: `x${at}`, type: "float", low, high, scale: "linear" }))

export const coordinates = (point: Hyperparameters, dimensions: number): ReadonlyArray<number> =>
  Array.from({ length: dimensions }, (_, at) => numberAt(point, `x${at}`))
