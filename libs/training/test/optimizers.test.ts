import { beforeAll, expect, test } from "vitest"
import {
  adam,
  momentum,
  nadam,
  nesterov,
  rmsprop,
  selectBackend,
  sgd,
  stream,
  type Tensor1D,
  tf,
  type UpdateRule,
  uniform,
} from "../src/index.ts"

beforeAll(async () => {
  await selectBackend("wasm")
})

/** One parameter in float64, the playbook's formulas written out: (θ, gradient, memory, rate, t) -> θ'. */
type Reference = (theta: number, g: number, memory: { m: number; v: number }, rate: number, t: number) => number

const SIZE = 7
const STEPS = 30
const G = 0.9
const RHO = 0.95
const B1 = 0.8
const B2 = 0.97
const EPSILON = 1e-3

const biased = (t: number): number => Math.sqrt(1 - B2 ** (t + 1)) / (1 - B1 ** (t + 1))

const cases: ReadonlyArray<readonly [rule: UpdateRule, start: { m: number; v: number }, reference: Reference]> = [
  [sgd(), { m: 0, v: 0 }, (theta, g, _, rate) => theta - rate * g],
  [
    momentum({ momentum: G }),
    { m: 0, v: 0 },
    (theta, g, memory, rate) => {
      memory.v = G * memory.v + g
      return theta - rate * memory.v
    },
  ],
  [
    nesterov({ momentum: G }),
    { m: 0, v: 0 },
    (theta, g, memory, rate) => {
      memory.v = G * memory.v + g
      return theta - rate * (G * memory.v + g)
    },
  ],
  [
    rmsprop({ rho: RHO, momentum: G, epsilon: EPSILON }),
    { m: 0, v: 1 },
    (theta, g, memory, rate) => {
      memory.v = RHO * memory.v + (1 - RHO) * g * g
      memory.m = G * memory.m + (rate / Math.sqrt(memory.v + EPSILON)) * g
      return theta - memory.m
    },
  ],
  [
    adam({ beta1: B1, beta2: B2, epsilon: EPSILON }),
    { m: 0, v: 0 },
    (theta, g, memory, rate, t) => {
      memory.m = B1 * memory.m + (1 - B1) * g
      memory.v = B2 * memory.v + (1 - B2) * g * g
      return theta - ((rate * memory.m) / (Math.sqrt(memory.v) + EPSILON)) * biased(t)
    },
  ],
  [
    nadam({ beta1: B1, beta2: B2, epsilon: EPSILON }),
    { m: 0, v: 0 },
    (theta, g, memory, rate, t) => {
      memory.m = B1 * memory.m + (1 - B1) * g
      memory.v = B2 * memory.v + (1 - B2) * g * g
      return theta - ((rate * (B1 * memory.m + (1 - B1) * g)) / (Math.sqrt(memory.v) + EPSILON)) * biased(t)
    },
  ],
]

test.each(cases)("$name follows the playbook's update rule step by step", (rule, start, reference) => {
  const next = stream(1, rule.name.length)
  const normal = () => 4 * uniform(next) - 2
  const thetas = Array.from({ length: SIZE }, normal)
  const memories = thetas.map(() => ({ ...start }))
  let parameters = tf.tensor1d(thetas)
  let slots: ReadonlyArray<Tensor1D> = rule.slots.map(({ initial }) => tf.fill([SIZE], initial) as Tensor1D)
  for (let t = 0; t < STEPS; t++) {
    const rate = 0.1 / (1 + t / 10)
    const gradient = thetas.map(normal)
    const updated = rule.update(tf.tensor1d(gradient), slots, rate, t)
    parameters = tf.sub(parameters, updated.change)
    slots = updated.slots
    for (let i = 0; i < SIZE; i++) thetas[i] = reference(thetas[i]!, gradient[i]!, memories[i]!, rate, t)
    const values = parameters.dataSync()
    // float32 carries 7 digits, and an error of one rounding for each step taken.
    for (let i = 0; i < SIZE; i++) expect(Math.abs(values[i]! - thetas[i]!)).toBeLessThan(2e-6 * (t + 2))
  }
})
