// A TensorFlow.js program whose longer trial crashes, in a folder named `disturbed`, at step 13 of its first attempt, before
// it has written a checkpoint, and at step 21 of its second.
import { readFileSync } from "node:fs"
import {
  constant,
  dense,
  dropout,
  type Examples,
  ghostBatchNorm,
  momentum,
  program,
  relu,
  sequence,
} from "@tanren/training"

const examples: Examples = {
  count: 16,
  shape: [2],
  classes: 2,
  features: Float32Array.from({ length: 32 }, (_, i) => Math.sin(i)),
  labels: Uint8Array.from({ length: 16 }, (_, i) => ((i * i) % 3) & 1),
}

/** Once the checkpoint that this attempt is to leave behind is safe and announced. */
const crashedAfter = async (step: number): Promise<never> => {
  const announced = (): boolean =>
    step === 13 || readFileSync(process.env.TANREN_EVENTS ?? "", "utf8").includes('"type":"checkpoint","step":20')
  while (!announced()) await new Promise((resolve) => setTimeout(resolve, 10))
  throw new Error("a crash on purpose")
}

await program(({ checkpointDir, hyperparameters, maxTrainSteps, seeds }) => {
  const attempt = Number(/attempt-(\d+)/.exec(checkpointDir)?.[1])
  const crashes = checkpointDir.includes("disturbed") && maxTrainSteps > 20
  const crashAt = crashes ? [13, 21][attempt - 1] : undefined
  return {
    model: sequence(
      dense("hidden", 2, 6),
      ghostBatchNorm("norm", 6, { virtual: 4 }),
      relu,
      dropout("dropout", 0.2),
      dense("logits", 6, 2),
    ),
    rule: momentum({ momentum: 0.9 }),
    learningRate: Number(hyperparameters.learning_rate),
    schedule: constant,
    weightDecay: 0.01,
    clipNorm: 1,
    batchSize: 4,
    train: examples,
    trainSample: examples,
    splits: { valid: examples, test: examples },
    // Examples are read ahead of the step that trains on them.
    source: () => (step) => {
      if (step === crashAt) return crashedAfter(step)
      const place = (of: number) => (step * of + (seeds.data % 7)) % 16
      const rows = [place(3), place(5), place(7), place(11)]
      return {
        ...examples,
        count: 4,
        features: Float32Array.from(rows.flatMap((row) => [...examples.features.subarray(2 * row, 2 * row + 2)])),
        labels: Uint8Array.from(rows.map((row) => examples.labels[row] ?? 0)),
      }
    },
  }
})
