import { beforeEach, expect, test } from "vitest"
import {
  crossEntropy,
  dense,
  dropout,
  ghostBatchNorm,
  initialParameters,
  type Layer,
  layerNorm,
  mlp,
  postResidualNorm,
  preResidualNorm,
  residualConvnet,
  rezero,
  type Scalar,
  selectBackend,
  sequence,
  sgd,
  stream,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tf,
  trainerOf,
  transformer,
  uniform,
  virtualBatches,
} from "../src/index.ts"

beforeEach(async () => {
  await selectBackend("wasm")
})

const numbers = (seed: number, ...shape: Array<number>): Tensor => {
  const next = stream(seed)
  const size = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, () => 2 * uniform(next) - 1),
    shape,
  )
}

const labels = (count: number, classes: number): Tensor => {
  const classOf = Array.from({ length: count }, (_, i) => i % classes)
  return tf.cast(tf.oneHot(classOf, classes), "float32")
}

const trainerFor = (model: Layer) =>
  trainerOf({
    model,
    loss: (outputs, truth) => crossEntropy(outputs as Tensor2D, truth as Tensor2D),
    rule: sgd(),
    weightDecay: 0,
    seeds: { init: 1, dropout: 2 },
  })

/** Loss, gradient norm and new parameters of one step, on this backend. */
const oneStep = async (backend: "wasm" | "cpu", model: Layer, inputs: () => Tensor, classes: number) => {
  await selectBackend(backend)
  const trainer = trainerFor(model)
  const x = inputs()
  const { state, report } = trainer.step(trainer.initial(), { inputs: x, labels: labels(x.shape[0]!, classes) }, 0.5)
  return { ...report, parameters: await state.parameters.data() }
}

const models: ReadonlyArray<readonly [name: string, model: Layer, inputs: () => Tensor]> = [
  ["mlp with dropout", mlp({ inputs: 6, hidden: [5, 4], classes: 3, dropoutRate: 0.4 }), () => numbers(5, 7, 6)],
  [
    "residual convnet",
    residualConvnet({ side: 5, width: 4, blocks: 1, classes: 3, virtualBatch: 3 }),
    () => numbers(5, 7, 25),
  ],
  [
    "transformer",
    transformer({ length: 4, size: 3, width: 8, heads: 2, layers: 1, classes: 3 }),
    () => numbers(5, 7, 12),
  ],
]

test.each(models)("%s: a step on WASM equals one on the JavaScript backend", async (_, model, inputs) => {
  const wasm = await oneStep("wasm", model, inputs, 3)
  const cpu = await oneStep("cpu", model, inputs, 3)
  expect(wasm.loss).toBeCloseTo(cpu.loss, 5)
  expect(wasm.gradNorm).toBeGreaterThan(0)
  expect(wasm.gradNorm).toBeCloseTo(cpu.gradNorm, 4)
  for (const [i, value] of wasm.parameters.entries()) expect(value).toBeCloseTo(cpu.parameters[i]!, 4)
})

test("convolutions on WASM and the gradients made for it are right for strides and kernels of every kind", async () => {
  const shapes: ReadonlyArray<readonly [side: number, kernel: number, stride: number, pad: "same" | "valid"]> = [
    [5, 3, 1, "same"],
    [6, 3, 2, "same"],
    [7, 2, 3, "valid"],
    [4, 1, 2, "same"],
    // Narrower than the stride, where WASM's own "same" padding gives zeros.
    [8, 3, 4, "same"],
    [6, 2, 3, "same"],
  ]
  for (const [side, kernel, stride, pad] of shapes) {
    const valueAndGradientsOn = async (backend: "wasm" | "cpu") => {
      await selectBackend(backend)
      const x = numbers(1, 2, side, side, 3)
      const w = numbers(2, kernel, kernel, 3, 4)
      const convolved = (images: Tensor, filter: Tensor): Tensor =>
        tf.conv2d(images as Tensor4D, filter as Tensor4D, stride, pad)
      const gradients = tf.grads((...both) => tf.sum(tf.square(convolved(both[0]!, both[1]!))))([x, w])
      return [convolved(x, w), ...gradients].flatMap((tensor) => [...tensor.dataSync()])
    }
    const [wasm, cpu] = [await valueAndGradientsOn("wasm"), await valueAndGradientsOn("cpu")]
    expect(wasm).toHaveLength(cpu.length)
    for (const [i, value] of wasm.entries()) expect(value).toBeCloseTo(cpu[i]!, 4)
  }
})

test("cross-entropy equals TensorFlow.js's own, its gradient too, and stays finite where a probability underflows", () => {
  const x = numbers(3, 6, 4) as Tensor2D
  const y = labels(6, 4) as Tensor2D
  expect(crossEntropy(x, y).dataSync()[0]).toBeCloseTo(tf.losses.softmaxCrossEntropy(y, x).dataSync()[0]!, 5)
  const ours = tf
    .grad((logits) => crossEntropy(logits as Tensor2D, y))(x)
    .dataSync()
  const reference = (logits: Tensor) => tf.losses.softmaxCrossEntropy(y, logits) as Scalar
  const theirs = tf.grad(reference)(x).dataSync()
  for (const [i, value] of ours.entries()) expect(value).toBeCloseTo(theirs[i]!, 5)
  expect(crossEntropy(tf.tensor2d([[500, -500]]), tf.tensor2d([[0, 1]])).dataSync()[0]).toBe(1000)
})

test("dropout keeps the mean, drops the asked share, and nothing in evaluation", () => {
  const layer = dropout("d", 0.3)
  const pass = (training: boolean) => ({
    training,
    parameter: () => tf.scalar(0),
    moving: () => tf.scalar(0),
    move: () => {},
    random: () => stream(4),
  })
  const values = layer.apply(pass(true), tf.ones([100, 100])).dataSync()
  const dropped = values.filter((x) => x === 0).length / values.length
  expect(dropped).toBeGreaterThan(0.28)
  expect(dropped).toBeLessThan(0.32)
  expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.7)]))
  const same = tf.ones([2, 2])
  expect(layer.apply(pass(false), same)).toBe(same)
  expect(() => dropout("d", 1)).toThrow("dropout rate of d is 1")
})

test("virtual batches have exactly the asked-for examples, and every example is normalised once", () => {
  expect(virtualBatches(128, 64)).toEqual([
    { from: 0, to: 64, statisticsFrom: 0 },
    { from: 64, to: 128, statisticsFrom: 64 },
  ])
  expect(virtualBatches(100, 64)).toEqual([
    { from: 0, to: 64, statisticsFrom: 0 },
    { from: 64, to: 100, statisticsFrom: 36 },
  ])
  expect(virtualBatches(10, 64)).toEqual([{ from: 0, to: 10, statisticsFrom: 0 }])
  for (let batch = 1; batch <= 300; batch++) {
    const parts = virtualBatches(batch, 64)
    expect(parts.map(({ from }) => from)).toEqual([0, ...parts.slice(0, -1).map(({ to }) => to)])
    expect(parts.at(-1)!.to).toBe(batch)
    for (const { to, statisticsFrom } of parts) expect(to - statisticsFrom).toBe(Math.min(64, batch))
  }
})

test.each([
  [12, 4],
  [13, 4],
  [7, 4],
  [3, 8],
])("ghost batch norm of %i examples by %i: each is normalised by its virtual batch's statistics", (batch, virtual) => {
  const norm = ghostBatchNorm("n", 5, { virtual, decay: 0.9 })
  const moved = new Map<string, Tensor>()
  const apply = (training: boolean, x: Tensor) =>
    norm.apply(
      {
        training,
        parameter: (name) => (name.endsWith("gain") ? tf.ones([5]) : tf.zeros([5])),
        moving: (name) => (name.endsWith("mean") ? tf.fill([5], 3) : tf.fill([5], 4)),
        move: (name, value) => void moved.set(name, value),
        random: () => stream(1),
      },
      x,
    )
  const x = tf.add(tf.mul(numbers(9, batch, 5), 3), 2)
  const rows = x.arraySync() as Array<Array<number>>
  const normalised = apply(true, x).arraySync() as Array<Array<number>>
  for (let channel = 0; channel < 5; channel++) {
    const column = rows.map((row) => row[channel]!)
    let [mean, variance] = [0, 0]
    for (const { from, to, statisticsFrom } of virtualBatches(batch, virtual)) {
      const sample = column.slice(statisticsFrom, to)
      const average = sample.reduce((sum, one) => sum + one, 0) / sample.length
      const spread = sample.reduce((sum, one) => sum + (one - average) ** 2, 0) / sample.length
      for (let i = from; i < to; i++) {
        expect(normalised[i]![channel]).toBeCloseTo((column[i]! - average) / Math.sqrt(spread + 1e-5), 4)
      }
      mean += (average * (to - from)) / batch
      variance += (spread * (to - from)) / batch
    }
    expect(moved.get("n/mean")!.dataSync()[channel]).toBeCloseTo(0.9 * 3 + 0.1 * mean, 4)
    expect(moved.get("n/variance")!.dataSync()[channel]).toBeCloseTo(0.9 * 4 + 0.1 * variance, 4)
  }
  const evaluated = apply(false, tf.fill([2, 5], 7)).dataSync()
  for (const value of evaluated) expect(value).toBeCloseTo((7 - 3) / 2, 4)
})

test("residual forms: normalised branch, normalised sum, and a branch that starts at nothing", () => {
  const x = numbers(2, 3, 4)
  const identity: Layer = { parameters: [], movings: [], apply: (_, input) => input }
  const run = (model: Layer, input = x) => {
    const trainer = trainerFor(model)
    return trainer.outputs(trainer.initial(), input)
  }
  const norm = layerNorm("n", 4)
  const near = (a: Tensor, b: Tensor) => expect(tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]).toBeLessThan(1e-5)
  near(run(preResidualNorm(identity, norm)), tf.add(x, run(norm)))
  near(run(postResidualNorm(identity, norm)), run(norm, tf.mul(x, 2)))
  near(run(rezero("r", dense("d", 4, 4))), x)
})

test("parameters start from streams of their own: another layer does not move them; names must differ", () => {
  const one = initialParameters(dense("a", 3, 2), 5)
  const two = initialParameters(sequence(dense("a", 3, 2), dense("b", 2, 2)), 5)
  expect([...two.subarray(0, one.length)]).toEqual([...one])
  expect([...initialParameters(dense("a", 3, 2), 6)]).not.toEqual([...one])
  expect(() => initialParameters(sequence(dense("a", 3, 2), dense("a", 2, 2)), 5)).toThrow(
    "two layers are named a/weight",
  )
})
