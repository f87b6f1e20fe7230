import { beforeAll, expect, test } from "vitest"
import {
  crossEntropy,
  mlp,
  momentum,
  type StepOptions,
  selectBackend,
  sgd,
  type Tensor2D,
  tf,
  trainerOf,
} from "../src/index.ts"

beforeAll(async () => {
  await selectBackend("wasm")
})

const options = (more: Partial<StepOptions> = {}): StepOptions => ({
  model: mlp({ inputs: 3, hidden: [4], classes: 2 }),
  loss: (outputs, labels) => crossEntropy(outputs as Tensor2D, labels as Tensor2D),
  rule: sgd(),
  weightDecay: 0,
  seeds: { init: 1, dropout: 1 },
  ...more,
})

const batch = () => ({
  inputs: tf.tensor2d([
    [1, 2, 3],
    [3, 1, -1],
  ]),
  labels: tf.tensor2d([
    [1, 0],
    [0, 1],
  ]),
})

const change = (more: Partial<StepOptions>, rate: number) => {
  const trainer = trainerOf(options(more))
  const initial = trainer.initial()
  const before = initial.parameters.dataSync().slice()
  const { state, report } = trainer.step(initial, batch(), rate)
  return { report, before, change: state.parameters.dataSync().map((x, i) => x - before[i]!) }
}

test("clipping scales the gradient to the asked norm, reports the norm it had, and leaves small ones alone", () => {
  const free = change({}, 1)
  const { gradNorm } = free.report
  const clipped = change({ clipNorm: gradNorm / 2 }, 1)
  expect(clipped.report).toEqual({ ...free.report, clipped: true })
  expect(Math.hypot(...clipped.change)).toBeCloseTo(gradNorm / 2, 5)
  const above = change({ clipNorm: gradNorm * 2 }, 1)
  expect(above.report.clipped).toBe(false)
  expect([...above.change]).toEqual([...free.change])
})

test("weight decay is decoupled: rate · decay · θ off the weights, nothing off the biases, outside the momentum", () => {
  const rule = momentum({ momentum: 0.9 })
  const free = change({ rule }, 0.1)
  const decayed = change({ rule, weightDecay: 0.5 }, 0.1)
  for (const [i, theta] of free.before.entries()) {
    const isWeight = i < 12 || (i >= 16 && i < 24)
    expect(decayed.change[i]! - free.change[i]!).toBeCloseTo(isWeight ? -0.1 * 0.5 * theta : 0, 6)
  }
})

test("a step frees what it made and what it used up", () => {
  const trainer = trainerOf(options({ rule: momentum({ momentum: 0.9 }), weightDecay: 0.1, clipNorm: 0.01 }))
  let state = trainer.initial()
  const data = batch()
  state = trainer.step(state, data, 0.1).state
  const { numTensors } = tf.memory()
  for (let i = 0; i < 5; i++) state = trainer.step(state, data, 0.1).state
  expect(tf.memory().numTensors).toBe(numTensors)
})
