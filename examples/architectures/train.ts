import type { TrialFile } from "tanren/contract"
import {
  exportModel,
  type Layer,
  linear,
  mlp,
  nesterov,
  overTraining,
  program,
  Refused,
  type Residual,
  residualConvnet,
  type Task,
  transformer,
} from "tanren/training"
import { digits } from "../digits/data.ts"

// Handwritten digits by one of three families of models: a training program that speaks Tanren's contract.

const SIDE = 8
const CLASSES = 10

const numberOf = (trial: TrialFile, name: string, otherwise?: number): number => {
  const value = trial.hyperparameters[name] ?? otherwise
  if (typeof value !== "number") throw new Refused(`${name} is ${JSON.stringify(value)}, a number is wanted`)
  return value
}

const residualOf = (trial: TrialFile): Residual => {
  const { residual } = trial.hyperparameters
  if (residual === "norm-in-branch" || residual === "norm-after-sum" || residual === "rezero") return residual
  throw new Refused(`residual is ${JSON.stringify(residual)}, wanted: norm-in-branch, norm-after-sum or rezero`)
}

const modelOf = (trial: TrialFile): Layer => {
  const { family } = trial.hyperparameters
  const [width, depth] = [numberOf(trial, "width"), numberOf(trial, "depth")]
  const shared = { width, classes: CLASSES, dropoutRate: numberOf(trial, "dropout_rate") }
  if (family === "mlp") return mlp({ ...shared, inputs: SIDE * SIDE, hidden: new Array(depth).fill(width) })
  if (family === "convnet") {
    return residualConvnet({ ...shared, side: SIDE, blocks: depth, virtualBatch: 32, residual: residualOf(trial) })
  }
  if (family === "transformer") {
    const heads = numberOf(trial, "heads")
    if (width % heads !== 0) throw new Refused(`width is ${width}, wanted: a multiple of the ${heads} heads`)
    // The image's rows are the places of its sequence.
    return transformer({ ...shared, length: SIDE, size: SIDE, heads, layers: depth, residual: residualOf(trial) })
  }
  throw new Refused(`family is ${JSON.stringify(family)}, wanted: mlp, convnet or transformer`)
}

await program((trial): Task => {
  const { train, valid, test } = digits()
  const model = modelOf(trial)
  // Cures of an instability, which a campaign may search as hyperparameters or a trial file ask for.
  const warmupSteps = numberOf(trial, "warmup_steps", 0)
  const clipNorm = numberOf(trial, "clip_norm", 0)
  return {
    model,
    exportTo: (parameter, folder) => exportModel(model, train.shape, parameter, folder),
    rule: nesterov({ momentum: numberOf(trial, "momentum") }),
    learningRate: numberOf(trial, "learning_rate"),
    schedule: (steps) => overTraining((after) => linear({ steps: after, endFactor: 0.01 }), steps, warmupSteps),
    weightDecay: numberOf(trial, "weight_decay"),
    ...(clipNorm > 0 ? { clipNorm } : {}),
    batchSize: 32,
    train,
    trainSample: train,
    splits: { valid, test },
  }
})
