import { unitPoints } from "@tanren/search"
import { fromUnit } from "@tanren/space"
import { sd } from "@tanren/statistics"
import type { Hyperparameter, Hyperparameters, Random, Trial } from "@tanren/terms"
import { type Bowl, bowl, type Family, retraining } from "./shapes.ts"

/** One planted hyperparameter: where its optimum lies (0 to 1 is the range) and how much it matters. */
export interface Planted {
  readonly hyperparameter: Hyperparameter
  readonly optimum: number
  readonly amplitude: number
  readonly bowl: Bowl
}

export interface Landscape {
  readonly family: Family
  readonly planted: ReadonlyArray<Planted>
  readonly cost: (unit: ReadonlyArray<number>) => number
}

/** Retraining standard deviation of every simulated study, in the metric's units. */
export const noiseSd = 0.01

const declarations: ReadonlyArray<Hyperparameter> = [
  { name: "learning_rate", type: "float", low: 1e-4, high: 1e-1, scale: "log" },
  { name: "momentum", type: "float", low: 0.5, high: 0.99, scale: "reverse_log" },
  { name: "weight_decay", type: "float", low: 1e-6, high: 1e-3, scale: "log" },
  { name: "temperature", type: "float", low: 1, high: 3 },
  { name: "width", type: "int", low: 32, high: 256 },
]

export const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform()

/**
 * Three to five hyperparameters, optima well inside, each with a quarter to twice `scale` (in retraining standard
 * deviations) between its optimum and half a range away; one in four is dead. In one of three landscapes the first two
 * interact: their valley is inclined.
 */
export const inside = (family: Family, random: Random, scale: number, dimensions = 3 + random.below(3)): Landscape => {
  const planted = declarations.slice(0, dimensions).map((hyperparameter): Planted => {
    const shape = bowl(family, random)
    const dead = random.uniform() < 0.25
    const worth = scale * noiseSd * between(random, 0.25, 2)
    return {
      hyperparameter,
      optimum: between(random, 0.25, 0.75),
      amplitude: dead ? 0 : worth / ((shape(0.5) + shape(-0.5)) / 2),
      bowl: shape,
    }
  })
  const tilt = random.uniform() < 1 / 3 ? between(random, -0.5, 0.5) : 0
  return landscapeOf(family, planted, tilt)
}

export const landscapeOf = (family: Family, planted: ReadonlyArray<Planted>, tilt = 0): Landscape => ({
  family,
  planted,
  cost: (unit) =>
    planted.reduce((total, { optimum, amplitude, bowl: shape }, j) => {
      const moved = j === 1 ? tilt * (unit[0]! - planted[0]!.optimum) : 0
      return total + amplitude * shape(unit[j]! - optimum - moved)
    }, 0),
})

/** With one hyperparameter's part replaced. */
export const replaced = (landscape: Landscape, index: number, by: Partial<Planted>): Landscape =>
  landscapeOf(
    landscape.family,
    landscape.planted.map((planted, j) => (j === index ? { ...planted, ...by } : planted)),
  )

export interface Sampled {
  readonly unit: ReadonlyArray<number>
  readonly hyperparameters: Hyperparameters
  /** Without noise. */
  readonly cost: number
}

/** The study's points: scrambled Halton. */
export const sample = (landscape: Landscape, random: Random, count: number): ReadonlyArray<Sampled> => {
  const space = landscape.planted.map(({ hyperparameter }) => hyperparameter)
  const points = unitPoints(random.bits(), 0, count, space.length)
  return Array.from({ length: count }, (_, i) => {
    const unit = [...points.slice(i * space.length, (i + 1) * space.length)]
    return { unit, hyperparameters: fromUnit(space, unit), cost: landscape.cost(unit) }
  })
}

export const completed = (family: Family, random: Random, points: ReadonlyArray<Sampled>): ReadonlyArray<Trial> =>
  points.map((point, i) => ({
    id: `t${i}`,
    hyperparameters: point.hyperparameters,
    status: "completed",
    value: 0.1 + point.cost + noiseSd * retraining(family, random),
  }))

/** As a baseline with five seeds would estimate it. */
export const estimatedNoise = (family: Family, random: Random) => {
  const values = Array.from({ length: 5 }, () => noiseSd * retraining(family, random))
  return { sd: sd(values), degreesOfFreedom: 4 }
}
