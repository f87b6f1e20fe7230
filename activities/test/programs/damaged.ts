// A TensorFlow.js program that crashes at step 5 of its first attempt and at step 9 of its second; in a folder named
// `whole` it never does.
import { readFileSync } from "node:fs"
import { adam, constant, type Examples, mlp, picked, program } from "@tanren/training"

const examples: Examples = {
  count: 8,
  shape: [2],
  classes: 2,
  features: Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)),
  labels: Uint8Array.from([0, 1, 0, 1, 0, 1, 1, 0]),
}

/** Once the checkpoint of the step before is safe and announced. */
const crashedAfter = async (step: number): Promise<never> => {
  const announced = (): boolean =>
    readFileSync(process.env.TANREN_EVENTS ?? "", "utf8").includes(`"type":"checkpoint","step":${step - 1}`)
  while (!announced()) await new Promise((resolve) => setTimeout(resolve, 10))
  throw new Error("a crash on purpose")
}

await program(({ checkpointDir, hyperparameters }) => {
  const attempt = Number(/attempt-(\d+)/.exec(checkpointDir)?.[1])
  const crashAt = checkpointDir.includes("whole") ? undefined : ([5, 9][attempt - 1] ?? undefined)
  return {
    model: mlp({ inputs: 2, hidden: [4], classes: 2, dropoutRate: 0.2 }),
    rule: adam(),
    learningRate: Number(hyperparameters.learning_rate),
    schedule: constant,
    weightDecay: 0,
    batchSize: 3,
    train: examples,
    trainSample: examples,
    splits: { valid: examples, test: examples },
    // Examples are read ahead of the step that trains on them.
    source: () => (step) =>
      step === crashAt ? crashedAfter(step) : picked(examples, [step % 8, (step + 3) % 8, (step + 5) % 8]),
  }
})
