import type { Hyperparameters } from "@tanren/terms"
import { box, coordinates, numberAt, type Problem } from "./problem.ts"

const { cos, exp, log10, PI, sin, sqrt, tanh } = Math

/** Branin, "Widely convergent method for finding multiple solutions" (1972), in its usual form. */
export const branin = (x1: number, x2: number): number => {
  const b = 5.1 / (4 * PI * PI)
  const t = 1 / (8 * PI)
  return (x2 - b * x1 * x1 + (5 / PI) * x1 - 6) ** 2 + 10 * (1 - t) * cos(x1) + 10
}

const ALPHA = [1, 1.2, 3, 3.2]
const A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
]
const P = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
]

/** Hartmann's function in 6 dimensions, on the unit cube. */
export const hartmann6 = (x: ReadonlyArray<number>): number =>
  -ALPHA.reduce((sum, alpha, i) => {
    const distance = x.reduce((total, value, j) => total + (A[i]?.[j] ?? 0) * (value - 1e-4 * (P[i]?.[j] ?? 0)) ** 2, 0)
    return sum + alpha * exp(-distance)
  }, 0)

const SHIFT = [3.1, -7.3, 11.9, -14.2, 6.7]

/** Ackley's function in 5 dimensions with its optimum moved off the centre. */
const ackley5 = (x: ReadonlyArray<number>): number => {
  const z = x.map((value, at) => value - (SHIFT[at] ?? 0))
  const squares = z.reduce((sum, value) => sum + value * value, 0)
  const waves = z.reduce((sum, value) => sum + cos(2 * PI * value), 0)
  return -20 * exp(-0.2 * sqrt(squares / 5)) - exp(waves / 5) + 20 + Math.E
}

/**
 * Like a validation error: a valley along the effective learning rate lr / (1 - β), and divergence beyond an edge near
 * the valley's floor.
 */
const tuning4 = (point: Hyperparameters): number | null => {
  const l = log10(numberAt(point, "lr"))
  const m = log10(numberAt(point, "one_minus_beta"))
  const w = log10(numberAt(point, "weight_decay"))
  const q = numberAt(point, "dropout")
  const e = l - m
  if (e - (0.8 + 0.15 * m + 0.1 * sin(1.5 * w)) > 0) return null
  const d = e - (0.35 + 0.1 * m)
  const v = w - (-3.6 - 0.45 * (l + 1))
  return (
    0.06 +
    ((d < 0 ? 0.055 : 0.3) * d * d) / (1 + 0.08 * d * d) +
    0.02 * (m + 1.4) ** 2 +
    (0.018 * v * v) / (1 + 0.05 * v * v) +
    0.35 * (q - 0.22 - 0.05 * tanh(w + 4)) ** 2 +
    0.006 * sin(3 * l + 1) * sin(2 * m)
  )
}

const gardner = (x: number, y: number): number | null =>
  cos(x) * cos(y) - sin(x) * sin(y) > 0.5 ? null : cos(2 * x) * cos(y) + sin(x)

const plane: Problem["hyperparameters"] = [
  { name: "x0", type: "float", low: -5, high: 10, scale: "linear" },
  { name: "x1", type: "float", low: 0, high: 15, scale: "linear" },
]

const training: Problem["hyperparameters"] = [
  { name: "lr", type: "float", low: 1e-5, high: 10, scale: "log" },
  { name: "one_minus_beta", type: "float", low: 1e-3, high: 1, scale: "log" },
  { name: "weight_decay", type: "float", low: 1e-7, high: 1e-1, scale: "log" },
  { name: "dropout", type: "float", low: 0, high: 0.8, scale: "linear" },
]

const BRANIN = 0.39788735772973816
const TUNING = 0.06037144036876676

/** Problems that the literature compares on, and one made to look like tuning. */
export const published: ReadonlyArray<Problem> = [
  {
    name: "branin",
    source: "Branin 1972",
    hyperparameters: plane,
    optimum: BRANIN,
    value: (point) => branin(numberAt(point, "x0"), numberAt(point, "x1")),
  },
  {
    name: "hartmann6",
    source: "Hartmann 1973",
    hyperparameters: box(6, 0, 1),
    optimum: -3.322368011415515,
    value: (point) => hartmann6(coordinates(point, 6)),
  },
  {
    name: "ackley5",
    source: "Ackley 1987, shifted",
    hyperparameters: box(5, -32.768, 32.768),
    optimum: 0,
    value: (point) => ackley5(coordinates(point, 5)),
  },
  { name: "tuning4", source: "made", hyperparameters: training, optimum: TUNING, value: tuning4 },
  {
    name: "branin_disk",
    source: "Gelbart et al. 2014 (arXiv 1403.5607)",
    hyperparameters: plane,
    optimum: BRANIN,
    value: (point) => {
      const [x, y] = [numberAt(point, "x0"), numberAt(point, "x1")]
      return (x - 2.5) ** 2 + (y - 7.5) ** 2 > 50 ? null : branin(x, y)
    },
  },
  {
    name: "gardner1",
    source: "Gardner et al. 2014",
    hyperparameters: box(2, 0, 6),
    optimum: -2,
    value: (point) => gardner(numberAt(point, "x0"), numberAt(point, "x1")),
  },
  {
    name: "hartmann6_noisy",
    source: "Hartmann 1973, with noise",
    hyperparameters: box(6, 0, 1),
    optimum: -3.322368011415515,
    noise: 0.15,
    value: (point) => hartmann6(coordinates(point, 6)),
  },
  {
    name: "tuning4_noisy",
    source: "made",
    hyperparameters: training,
    optimum: TUNING,
    noise: 0.004,
    value: tuning4,
  },
]
