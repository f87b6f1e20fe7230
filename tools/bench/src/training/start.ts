import { join } from "node:path"
import type { TrialFile } from "@tanren/contract"
import { type Examples, stream, uniform } from "@tanren/training"

// What the benches of training begin with, and how they sum up.

/** `--name value` of the command line. */
export const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

/** Images are not needed to time a step: random ones of the digits' shape. */
export const likeDigits = (count: number, seed: number): Examples => {
  const next = stream(seed)
  return {
    count,
    shape: [64],
    classes: 10,
    features: Float32Array.from({ length: count * 64 }, () => uniform(next)),
    labels: Uint8Array.from({ length: count }, () => Math.floor(10 * uniform(next))),
  }
}

/** A trial at the digits example's cadence, whose checkpoints go to a folder of its own. */
export const trialOf = (folder: string, name: string, more: Partial<TrialFile>): TrialFile => ({
  version: 1,
  task: "train",
  trial: name,
  hyperparameters: {},
  maxTrainSteps: 50,
  evalEverySteps: 25,
  stepUnit: "step",
  seeds: { init: 1, data: 2, dropout: 3 },
  checkpointDir: join(folder, name),
  resumeFrom: null,
  split: "valid",
  limits: {},
  keepCheckpoints: 0,
  metric: { name: "valid/error", goal: "minimize" },
  host: { index: 0, count: 1 },
  ...more,
})

export const print = (result: object): void => {
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
}

/** Exit code 1 where a target was missed. */
export const verdict = (met: boolean, what: string): void => {
  process.stdout.write(`${met ? "met" : "MISSED"}: ${what}\n`)
  if (!met) process.exitCode = 1
}
