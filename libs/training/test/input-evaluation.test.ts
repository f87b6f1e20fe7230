import { beforeAll, expect, test } from "vitest"
import {
  agreement,
  batchOrder,
  crossEntropy,
  dense,
  type Examples,
  evaluate,
  fixedSubset,
  picked,
  pipeline,
  selectBackend,
  sgd,
  stream,
  type Tensor,
  type Tensor2D,
  trainerOf,
  uniform,
} from "../src/index.ts"

beforeAll(async () => {
  await selectBackend("wasm")
})

test("every epoch shows every example once, each in an order of its own, whatever step is asked first", () => {
  const order = batchOrder(3, 10, 4)
  const seen = Array.from({ length: 5 }, (_, step) => order(step)).flat()
  const epochs = [seen.slice(0, 10), seen.slice(10, 20)]
  for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(epochs[0]).not.toEqual(epochs[1])
  expect(batchOrder(3, 10, 4)(4)).toEqual(seen.slice(16))
  expect(batchOrder(4, 10, 4)(0)).not.toEqual(order(0))
})

const examples = (count: number): Examples => {
  const next = stream(8)
  return {
    count,
    shape: [5],
    classes: 3,
    features: Float32Array.from({ length: count * 5 }, () => 2 * uniform(next) - 1),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 3),
  }
}

const linearModel = () => {
  const trainer = trainerOf({
    model: dense("d", 5, 3),
    loss: (outputs, labels) => crossEntropy(outputs as Tensor2D, labels as Tensor2D),
    rule: sgd(),
    weightDecay: 0,
    seeds: { init: 1, dropout: 1 },
  })
  const state = trainer.initial()
  return (inputs: Tensor) => trainer.outputs(state, inputs)
}

test("a padded last batch counts as if each example had been evaluated alone", () => {
  const outputs = linearModel()
  const data = examples(23)
  const alone = Array.from({ length: 23 }, (_, i) => evaluate(outputs, picked(data, [i]), 1))
  const sum = (of: (one: (typeof alone)[number]) => number) => alone.reduce((total, one) => total + of(one), 0)
  for (const batchSize of [5, 8, 23, 64]) {
    const all = evaluate(outputs, data, batchSize)
    expect(all.loss).toBeCloseTo(sum((one) => one.loss) / 23, 6)
    expect(all.correct).toBe(sum((one) => one.correct))
    expect(all.countByClass).toEqual([8, 8, 7])
    expect(all.correctByClass.reduce((a, b) => a + b)).toBe(all.correct)
    expect(all.predicted).toEqual(alone.map((one) => one.predicted[0]))
    expect(all.error).toBeCloseTo(1 - all.correct / 23, 12)
  }
})

test("examples that have to be waited for are read ahead, each once, from where a resumed run is, never past the end", async () => {
  const asked: Array<number> = []
  const next = await pipeline(
    async (step) => {
      asked.push(step)
      if (step === 5) throw new Error("unreadable")
      return examples(step)
    },
    2,
    7,
    2,
  )
  expect((await next()).count).toBe(2)
  do await new Promise((resolve) => setTimeout(resolve, 5))
  while (asked.length < 2)
  expect(asked.length).toBeLessThanOrEqual(4)
  expect((await next()).count).toBe(3)
  expect((await next()).count).toBe(4)
  await expect(next()).rejects.toThrow("unreadable")
  expect((await next()).count).toBe(6)
  await expect(next()).rejects.toThrow("the input has no step 7")
  expect(asked).toEqual([2, 3, 4, 5, 6])
})

test("the fixed subset is the same every time, and its agreement with the whole set is told with what chance allows", () => {
  const places = fixedSubset(1, 23, 9)
  expect(places).toEqual(fixedSubset(1, 23, 9))
  expect(new Set(places).size).toBe(9)
  const data = examples(23)
  const all = evaluate(linearModel(), data)
  const alone = evaluate(linearModel(), picked(data, places))
  const { full, subset, difference, expected } = agreement(all, data.labels, places)
  expect([full, subset]).toEqual([all.error, alone.error])
  expect(difference).toBeCloseTo(alone.error - all.error, 12)
  expect(expected).toBeCloseTo(Math.sqrt((full * (1 - full) * 14) / 22 / 9), 12)
  expect(agreement(all, data.labels, fixedSubset(1, 23, 23))).toMatchObject({ difference: 0, expected: 0 })
})
