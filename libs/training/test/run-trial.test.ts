import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TrainerEvent, TrialFile } from "@tanren/contract"
import { afterEach, beforeEach, expect, test } from "vitest"
import {
  adam,
  constant,
  type Examples,
  exportMlp,
  linear,
  mlp,
  runTrial,
  selectBackend,
  type Task,
  tf,
} from "../src/index.ts"

let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tanren-run-trial-"))
  await selectBackend("wasm")
})
afterEach(() => rmSync(folder, { recursive: true }))

const network = { inputs: 2, hidden: [4], classes: 2, dropoutRate: 0.1 }
const examples: Examples = {
  count: 6,
  shape: [2],
  classes: 2,
  features: Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
  labels: Uint8Array.from([0, 1, 0, 1, 0, 1]),
}
const task: Task = {
  model: mlp(network),
  exportTo: (parameter, to) => exportMlp(network, parameter, to),
  rule: adam(),
  learningRate: 0.01,
  schedule: constant,
  weightDecay: 0.1,
  batchSize: 4,
  clipNorm: 1,
  train: examples,
  trainSample: examples,
  evaluationSubset: 4,
  splits: { valid: examples, test: examples },
}
const trial = (): TrialFile => ({
  version: 1,
  task: "train",
  trial: "t",
  hyperparameters: {},
  maxTrainSteps: 4,
  evalEverySteps: 2,
  stepUnit: "step",
  seeds: { init: 1, data: 2, dropout: 3 },
  checkpointDir: join(folder, "checkpoints"),
  resumeFrom: null,
  split: "valid",
  limits: {},
  keepCheckpoints: 1,
  metric: { name: "valid/error", goal: "minimize" },
  host: { index: 0, count: 1 },
  exportDir: join(folder, "model"),
})

const endings: ReadonlyArray<readonly [ending: string, more: Partial<Task>, stopAsked: boolean]> = [
  ["finished", {}, false],
  ["infeasible", { learningRate: 1e38 }, false],
  ["stopped", {}, true],
]

test.each(endings)(
  "a trial that ended %s leaves nothing on the device: a warm process may take many",
  async (ending, more, stopAsked) => {
    const before = tf.memory().numTensors
    const ended = await runTrial(
      trial(),
      { ...task, ...more },
      undefined,
      () => undefined,
      () => stopAsked,
    )
    expect(ended).toBe(ending)
    expect(tf.memory().numTensors).toBe(before)
  },
)

test.each([
  ["the program's own schedule", {}],
  ["a sweep's", { schedule: { type: "linear", endFactor: 0 } }],
] as const)("warmup goes in front of %s, which still runs its whole course", async (_, more) => {
  const ratesOf = async (changes: Partial<TrialFile>): Promise<ReadonlyArray<number>> => {
    const events: Array<TrainerEvent> = []
    const decaying: Task = { ...task, schedule: (steps) => linear({ steps, endFactor: 0.1 }) }
    const told = { ...trial(), evalEverySteps: 1, ...more, ...changes }
    await runTrial(
      told,
      decaying,
      undefined,
      (event) => events.push(event),
      () => false,
    )
    return events.flatMap((event) => (event.type === "metrics" ? [event.metrics.learning_rate!] : []))
  }
  const alone = await ratesOf({})
  expect(new Set(alone).size).toBe(4)
  expect(await ratesOf({ warmupSteps: 2, maxTrainSteps: 6 })).toEqual([alone[0]! / 2, alone[0]!, ...alone])
})
