import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  crossEntropy,
  dense,
  type ExportedModel,
  exportMlp,
  exportModel,
  findNative,
  ghostBatchNorm,
  type Layer,
  layerNorm,
  mlp,
  nesterov,
  plain,
  postResidualNorm,
  relu,
  residualConvnet,
  rezero,
  selectBackend,
  sequence,
  stream,
  type Tensor,
  type Tensor2D,
  tf,
  trainerOf,
  transformer,
  uniform,
} from "../src/index.ts"

const native = findNative("node")
if (native === undefined)
  test.skip("NOT TESTED: SavedModels (`npx tanren setup tensorflow` brings the reader)", () => {})

interface Reader {
  readonly node: {
    readonly loadSavedModel: (path: string) => Promise<{ readonly predict: (inputs: object) => Record<string, Tensor> }>
  }
}

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tanren-export-"))
  await selectBackend(native === undefined ? "wasm" : "node")
})
afterAll(() => rmSync(folder, { recursive: true }))

const CLASSES = 3
const network = { inputs: 5, hidden: [7, 6], classes: CLASSES, dropoutRate: 0.2 }

interface Subject {
  readonly model: Layer
  /** Of one example. */
  readonly shape: ReadonlyArray<number>
  readonly exported?: (value: (name: string) => Tensor, to: string) => Promise<ReadonlyArray<ExportedModel>>
}

const subjects: Readonly<Record<string, Subject>> = {
  "multilayer perceptron": {
    model: mlp(network),
    shape: [5],
    exported: (value, to) => exportMlp(network, value, to),
  },
  "residual convolutional net with ghost batch normalisation": {
    model: residualConvnet({ side: 6, width: 4, blocks: 2, classes: CLASSES, virtualBatch: 4 }),
    shape: [36],
  },
  Transformer: {
    model: transformer({ length: 4, size: 5, width: 8, heads: 2, layers: 2, classes: CLASSES }),
    shape: [20],
  },
  "stack of every other layer": {
    model: sequence(
      dense("in", 6, 8, { bias: false }),
      ghostBatchNorm("norm", 8),
      relu,
      rezero("rezero", dense("inner", 8, 8)),
      postResidualNorm(dense("post", 8, 8), layerNorm("post/norm", 8)),
      dense("logits", 8, CLASSES),
    ),
    shape: [6],
  },
}

/** A few steps, so that no parameter and no moving average is what it started as. */
const trained = ({ model, shape }: Subject) => {
  const trainer = trainerOf({
    model,
    loss: (outputs, labels) => crossEntropy(outputs as Tensor2D, labels as Tensor2D),
    rule: nesterov({ momentum: 0.9 }),
    weightDecay: 0.01,
    seeds: { init: 4, dropout: 5 },
  })
  const next = stream(1)
  const size = shape.reduce((product, side) => product * side, 1)
  const drawn = (count: number): Tensor => {
    const features = Float32Array.from({ length: count * size }, () => uniform(next))
    return tf.tensor(features, [count, ...shape])
  }
  let state = trainer.initial()
  for (let step = 0; step < 5; step++) {
    const labels = tf.cast(tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], "int32"), CLASSES), "float32")
    state = trainer.step(state, { inputs: drawn(8), labels }, 0.05).state
  }
  // Another number of examples than in training.
  const inputs = drawn(11)
  return { inputs, value: (name: string) => trainer.value(state, name), wanted: trainer.outputs(state, inputs) }
}

describe.each(Object.keys(subjects))("an exported %s", (name) => {
  const subject = subjects[name]!
  const path = (): string => join(folder, name.replaceAll(" ", "-"))
  let of: ReturnType<typeof trained>
  let exported: ReadonlyArray<ExportedModel>
  beforeAll(async () => {
    of = trained(subject)
    const write = subject.exported ?? ((value, to) => exportModel(subject.model, subject.shape, value, to))
    exported = await write(of.value, path())
  })

  const expectWanted = (shape: ReadonlyArray<number>, values: ArrayLike<number>): void => {
    const wanted = of.wanted.dataSync()
    expect(shape).toEqual([11, CLASSES])
    for (const [i, x] of wanted.entries()) expect(values[i]).toBeCloseTo(x, 5)
    // Predictions that differ from example to example: not the bias alone.
    expect(Math.abs(wanted[0]! - wanted[CLASSES]!)).toBeGreaterThan(1e-3)
  }

  test("is opened by TensorFlow.js alone, with the same predictions", () => {
    const format = subject.exported === undefined ? "tfjs-graph-model" : "tfjs-layers-model"
    expect(exported).toContainEqual({ path: join(path(), "model.json"), format })
    const program = new URL("plain-tensorflow.mjs", import.meta.url).pathname
    const input = JSON.stringify({ shape: of.inputs.shape, values: [...of.inputs.dataSync()] })
    const printed = execFileSync(process.execPath, ["--no-warnings", program, path()], { input, encoding: "utf8" })
    const { shape, values } = JSON.parse(printed.trim().split("\n").at(-1)!)
    expectWanted(shape, values)
  })

  test.skipIf(native === undefined)("is opened by TensorFlow as a SavedModel, with the same predictions", async () => {
    const savedModel = join(path(), "saved_model")
    expect(exported).toContainEqual({ path: savedModel, format: "tensorflow-saved-model" })
    const { node } = createRequire(import.meta.url)(native!) as Reader
    const { logits } = (await node.loadSavedModel(savedModel)).predict({ inputs: of.inputs })
    expectWanted(logits!.shape, logits!.dataSync())
  })
})

test("a layer that brings no drawing is named, and nothing is written", () => {
  const model = sequence(
    dense("in", 2, 2),
    plain((x) => tf.square(x)),
  )
  const to = join(folder, "none")
  const zeros = (name: string): Tensor => tf.zeros(name.endsWith("weight") ? [2, 2] : [2])
  expect(() => exportModel(model, [2], zeros, to)).toThrow("a layer (its parameters: none) has no drawing")
  expect(existsSync(to)).toBe(false)
})
