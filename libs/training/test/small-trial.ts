import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { TrialFile } from "@tanren/contract"
import {
  adam,
  dense,
  dropout,
  type Examples,
  ghostBatchNorm,
  linear,
  momentum,
  nadam,
  nesterov,
  relu,
  rmsprop,
  sequence,
  sgd,
  stream,
  type Task,
  type UpdateRule,
  uniform,
} from "../src/index.ts"

/** Steps of the small trials. */
export const STEPS = 20

const examples = (count: number, seed: number): Examples => {
  const next = stream(seed)
  const labels = Uint8Array.from({ length: count }, () => Math.floor(3 * uniform(next)))
  const features = Float32Array.from({ length: count * 6 }, (_, i) => uniform(next) + labels[Math.floor(i / 6)]! / 2)
  return { count, shape: [6], classes: 3, features, labels }
}

/** All that has a state which a resumed run could lose: moving averages, dropout, clipping, decay, a running window. */
export const taskWith = (rule: UpdateRule, learningRate: number): Task => ({
  model: sequence(
    dense("hidden", 6, 8),
    ghostBatchNorm("norm", 8, { virtual: 4 }),
    relu,
    dropout("dropout", 0.3),
    dense("logits", 8, 3),
  ),
  rule,
  learningRate,
  schedule: (steps) => linear({ steps, endFactor: 0.1 }),
  weightDecay: 0.01,
  clipNorm: 0.5,
  batchSize: 10,
  train: examples(33, 1),
  trainSample: examples(12, 1),
  splits: { valid: examples(20, 2), test: examples(20, 3) },
})

export const trialIn = (folder: string, name: string, more: Partial<TrialFile> = {}): TrialFile => {
  const checkpointDir = join(folder, name)
  mkdirSync(checkpointDir, { recursive: true })
  return {
    version: 1,
    task: "train",
    trial: name,
    hyperparameters: {},
    maxTrainSteps: STEPS,
    evalEverySteps: 4,
    stepUnit: "step",
    seeds: { init: 1, data: 2, dropout: 3 },
    checkpointDir,
    resumeFrom: null,
    split: "valid",
    limits: {},
    keepCheckpoints: 1,
    metric: { name: "valid/error", goal: "minimize" },
    host: { index: 0, count: 1 },
    ...more,
  }
}

export const rules: ReadonlyArray<readonly [name: string, rule: UpdateRule, learningRate: number]> = [
  ["sgd", sgd(), 0.2],
  ["momentum", momentum({ momentum: 0.9 }), 0.1],
  ["nesterov", nesterov({ momentum: 0.9 }), 0.1],
  ["rmsprop", rmsprop({ momentum: 0.5 }), 0.02],
  ["adam", adam(), 0.02],
  ["nadam", nadam(), 0.02],
]
