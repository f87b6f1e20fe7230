import type { TrialFile } from "tanren/contract"
import {
  adam,
  type Course,
  constant,
  exportMlp,
  linear,
  mlp,
  nesterov,
  program,
  Refused,
  sgd,
  type Task,
  type UpdateRule,
} from "tanren/training"
import { digits } from "./data.ts"

// Handwritten digits with a small fully connected network: a training program that speaks Tanren's contract.

const hyperparameter = (trial: TrialFile, name: string): number => {
  const value = trial.hyperparameters[name]
  if (typeof value !== "number") throw new Refused(`${name} is ${JSON.stringify(value)}, a number is wanted`)
  return value
}

const ruleOf = (trial: TrialFile): UpdateRule => {
  const name = trial.hyperparameters.optimizer ?? "nesterov"
  if (name === "nesterov") return nesterov({ momentum: hyperparameter(trial, "momentum") })
  if (name === "adam") return adam()
  if (name === "sgd") return sgd()
  throw new Refused(`optimizer is ${JSON.stringify(name)}, wanted: nesterov, adam or sgd`)
}

const courseOf = (trial: TrialFile): Course => {
  const name = trial.hyperparameters.schedule ?? "constant"
  if (name === "constant") return constant
  if (name === "linear") return (steps) => linear({ steps, endFactor: 0.01 })
  throw new Refused(`schedule is ${JSON.stringify(name)}, wanted: constant or linear`)
}

await program((trial): Task => {
  const { train, valid, test } = digits()
  const network = {
    inputs: 64,
    hidden: [hyperparameter(trial, "width")],
    classes: 10,
    dropoutRate: trial.hyperparameters.use_dropout === true ? hyperparameter(trial, "dropout_rate") : 0,
  }
  return {
    model: mlp(network),
    exportTo: (parameter, folder) => exportMlp(network, parameter, folder),
    rule: ruleOf(trial),
    learningRate: hyperparameter(trial, "learning_rate"),
    schedule: courseOf(trial),
    weightDecay: hyperparameter(trial, "weight_decay"),
    // Keeps rare seeds at high learning rates from throwing a narrow network off: part of the program, not tuned.
    clipNorm: 1,
    batchSize: 64,
    train,
    trainSample: train,
    splits: { valid, test },
  }
})
