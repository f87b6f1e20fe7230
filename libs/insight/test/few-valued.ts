import { type Hyperparameter, randomOf, type Trial, type Value } from "@tanren/terms"
import { inputOf, inside, space, trialsOf } from "./fixture.ts"

/** Each trial with one of the values, and what that is worse by. */
export const withValues = (
  hyperparameter: Hyperparameter,
  worse: ReadonlyArray<readonly [Value, number]>,
  trials = 40,
) => {
  const random = randomOf(`few values ${trials}`)
  const made = trialsOf({ cost: inside, trials }).map((trial): Trial => {
    const [value, more] = worse[random.below(worse.length)]!
    const hyperparameters = { ...trial.hyperparameters, [hyperparameter.name]: value }
    return { ...trial, value: trial.value! + more, hyperparameters }
  })
  return inputOf(made, { hyperparameters: [...space, hyperparameter] })
}

export const layers: Hyperparameter = { name: "num_layers", type: "int", low: 1, high: 3 }
export const width: Hyperparameter = { name: "width", type: "discrete", values: [256, 64, 128] }
