import type { Hyperparameter, Hyperparameters } from "@tanren/terms"
import { box, coordinates, numberAt, type Problem } from "./problem.ts"
import { branin } from "./published.ts"

const { exp, log10, PI, sin } = Math

/** Levy's function, its optimum (at 1 in the original) moved to `at`. */
const levy = (x: ReadonlyArray<number>, at: ReadonlyArray<number>): number => {
  const w = x.map((value, i) => 1 + (value - (at[i] ?? 0)) / 4)
  const [first = 1, last = 1] = [w[0], w.at(-1)]
  const middle = w.slice(0, -1).reduce((sum, v) => sum + (v - 1) ** 2 * (1 + 10 * sin(PI * v + 1) ** 2), 0)
  return sin(PI * first) ** 2 + middle + (last - 1) ** 2 * (1 + sin(2 * PI * last) ** 2)
}

const rosenbrock = (x: ReadonlyArray<number>): number =>
  x.slice(0, -1).reduce((sum, v, i) => sum + 100 * ((x[i + 1] ?? 0) - v * v) ** 2 + (1 - v) ** 2, 0)

/** Where the made problems have their optimum in each coordinate: spread over the inner box, never at its centre. */
const offCentre = (at: number): number => 0.15 + 0.7 * ((0.137 + 0.6180339887498949 * (at + 1)) % 1)

/** A bowl whose axes differ a hundredfold in weight, bent so that it is no quadratic. */
const bowl = (x: ReadonlyArray<number>): number =>
  x.reduce((sum, value, at) => sum + 10 ** ((-2 * at) / (x.length - 1)) * Math.abs(value - offCentre(at)) ** 1.5, 0)

/** Three of twelve coordinates matter, as when most hyperparameters do nothing. */
const fewOfMany = (x: ReadonlyArray<number>): number =>
  branin(15 * (x[3] ?? 0) - 5, 15 * (x[8] ?? 0)) + 20 * ((x[5] ?? 0) - 0.7) ** 2

/** Pairs that interact along diagonals in 20 dimensions. */
const pairs = (x: ReadonlyArray<number>): number => {
  let sum = 0
  for (let at = 0; at < x.length; at += 2) {
    const [a, b] = [(x[at] ?? 0) - offCentre(at), (x[at + 1] ?? 0) - offCentre(at + 1)]
    sum += 4 * (a + b) ** 2 + 0.5 * (a - b) ** 2
  }
  return sum
}

/** A feasible ball that is about 5 % of the box in 4 dimensions, its optimum on the ball's edge. */
const ball = (x: ReadonlyArray<number>): number | null => {
  const away = x.reduce((sum, value, at) => sum + (value - [0.62, 0.33, 0.58, 0.4][at]!) ** 2, 0)
  if (away > 0.3175 ** 2) return null
  return x.reduce((sum, value, at) => sum + (value - [0.9, 0.2, 0.7, 0.45][at]!) ** 2, 0) + 0.1 * sin(9 * x[0]!)
}

const mixedSpace: ReadonlyArray<Hyperparameter> = [
  { name: "activation", type: "categorical", values: ["relu", "tanh", "gelu", "sigmoid"] },
  { name: "layers", type: "int", low: 1, high: 8 },
  { name: "width", type: "discrete", values: [16, 32, 64, 128, 256] },
  { name: "residual", type: "boolean" },
  { name: "lr", type: "float", low: 1e-5, high: 1, scale: "log" },
  { name: "momentum", type: "float", low: 0.5, high: 0.999, scale: "reverse_log" },
]

const ACTIVATION: Readonly<Record<string, number>> = { relu: 0.012, tanh: 0.02, gelu: 0, sigmoid: 0.09 }

/** Deep plain nets want a smaller learning rate, residual ones take a larger; the effective rate is lr / (1 - momentum). */
const mixed = (point: Hyperparameters): number => {
  const layers = numberAt(point, "layers")
  const residual = point.residual === true
  const effective = log10(numberAt(point, "lr") / (1 - numberAt(point, "momentum")))
  const wanted = -0.6 - (residual ? 0.02 : 0.12) * layers + (point.activation === "gelu" ? -0.25 : 0)
  const depth = residual ? (layers - 6) ** 2 / 900 : (layers - 3) ** 2 / 150
  const width = (Math.log2(numberAt(point, "width")) - 7) ** 2 / 250
  return (
    0.05 +
    (ACTIVATION[String(point.activation)] ?? 0) +
    depth +
    width +
    0.04 * (1 - exp(-((effective - wanted) ** 2))) +
    (residual ? 0 : 0.01)
  )
}

/** As `mixed`, but a large effective rate diverges, and earlier in deep plain nets. */
const mixedDiverging = (point: Hyperparameters): number | null => {
  const effective = log10(numberAt(point, "lr") / (1 - numberAt(point, "momentum")))
  const edge = 0.15 - (point.residual === true ? 0.03 : 0.15) * numberAt(point, "layers")
  return effective > edge ? null : mixed(point)
}

const conditionalSpace: ReadonlyArray<Hyperparameter> = [
  { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
  { name: "lr", type: "float", low: 1e-3, high: 10, scale: "log", when: { optimizer: ["nesterov"] } },
  { name: "momentum", type: "float", low: 0.5, high: 0.999, scale: "reverse_log", when: { optimizer: ["nesterov"] } },
  { name: "adam_lr", type: "float", low: 1e-6, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
  { name: "beta1", type: "float", low: 0.5, high: 0.99, scale: "reverse_log", when: { optimizer: ["adam"] } },
  { name: "use_dropout", type: "boolean" },
  { name: "dropout_rate", type: "float", low: 0.05, high: 0.8, scale: "linear", when: { use_dropout: [true] } },
  { name: "weight_decay", type: "float", low: 1e-7, high: 1e-1, scale: "log" },
]

/** Two optimizers with parameters of their own; Nesterov is the better one once it is tuned, and narrower. */
const conditional = (point: Hyperparameters): number | null => {
  const w = log10(numberAt(point, "weight_decay"))
  const rate = point.use_dropout === true ? numberAt(point, "dropout_rate") : 0
  const regularised = 0.03 * (w + 4 + 2 * rate) ** 2 * 0.2 + 0.15 * (rate - 0.25) ** 2
  if (point.optimizer === "adam") {
    const l = log10(numberAt(point, "adam_lr"))
    const b = log10(1 - numberAt(point, "beta1"))
    return l > -1.3 ? null : 0.068 + 0.012 * (l + 3) ** 2 + 0.006 * (b + 1) ** 2 + regularised
  }
  const effective = log10(numberAt(point, "lr") / (1 - numberAt(point, "momentum")))
  if (effective > 1.2) return null
  const m = log10(1 - numberAt(point, "momentum"))
  return 0.06 + 0.045 * (effective - 0.3) ** 2 + 0.01 * (m + 1.3) ** 2 + regularised
}

const levyAt = [-3.2, 4.1, 2.3, -5.7, 6.4, -1.9, 3.6, -6.8]

/** Problems of this bench's own; `optima.ts` found the optima that no formula gives. */
export const made: ReadonlyArray<Problem> = [
  {
    name: "levy8",
    source: "Levy, shifted",
    hyperparameters: box(8, -10, 10),
    optimum: 0,
    value: (point) => levy(coordinates(point, 8), levyAt),
  },
  {
    name: "rosenbrock4",
    source: "Rosenbrock 1960",
    hyperparameters: box(4, -2, 2.5),
    optimum: 0,
    value: (point) => rosenbrock(coordinates(point, 4)),
  },
  {
    name: "branin_noisy",
    source: "Branin 1972, with noise",
    hyperparameters: [
      { name: "x0", type: "float", low: -5, high: 10, scale: "linear" },
      { name: "x1", type: "float", low: 0, high: 15, scale: "linear" },
    ],
    optimum: 0.39788735772973816,
    noise: 2,
    value: (point) => branin(numberAt(point, "x0"), numberAt(point, "x1")),
  },
  {
    name: "bowl10",
    source: "made",
    hyperparameters: box(10, 0, 1),
    optimum: 0,
    value: (point) => bowl(coordinates(point, 10)),
  },
  {
    name: "three_of_12",
    source: "made on Branin 1972",
    hyperparameters: box(12, 0, 1),
    optimum: 0.39788735772973816,
    value: (point) => fewOfMany(coordinates(point, 12)),
  },
  {
    name: "pairs20",
    source: "made",
    hyperparameters: box(20, 0, 1),
    optimum: 0,
    value: (point) => pairs(coordinates(point, 20)),
  },
  {
    name: "bowl15_noisy",
    source: "made",
    hyperparameters: box(15, 0, 1),
    optimum: 0,
    noise: 0.05,
    value: (point) => bowl(coordinates(point, 15)),
  },
  {
    name: "ball4",
    source: "made",
    hyperparameters: box(4, 0, 1),
    optimum: 0.012673087302379524,
    value: (point) => ball(coordinates(point, 4)),
  },
  { name: "mixed6", source: "made", hyperparameters: mixedSpace, optimum: 0.05, value: mixed },
  { name: "mixed6_diverging", source: "made", hyperparameters: mixedSpace, optimum: 0.05, value: mixedDiverging },
  {
    name: "mixed6_noisy",
    source: "made",
    hyperparameters: mixedSpace,
    optimum: 0.05,
    noise: 0.003,
    value: mixed,
  },
  { name: "conditional8", source: "made", hyperparameters: conditionalSpace, optimum: 0.06, value: conditional },
]
