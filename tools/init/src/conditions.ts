import { type Hyperparameter, type Hyperparameters, type Meaning, meaningOf, type Value } from "@tanren/terms"
import { type Categorical, perOptimizer } from "./per-optimizer.ts"

/** Which optimizers have it, by their usual names. */
const HAVE: Readonly<Partial<Record<Meaning, RegExp>>> = {
  momentum: /sgd|momentum|nesterov|rms|lars/i,
  beta1: /adam|lamb|lion/i,
  beta2: /adam|lamb|lion/i,
  epsilon: /adam|lamb|rms|adagrad|adadelta/i,
}
const NESTEROV = /(^|_)nesterov$/i

/**
 * `dropout_rate` exists where `use_dropout` is true, `momentum` where the optimizer has one: searched elsewhere they
 * would be a dimension without any effect. Playbook, "Identifying scientific, nuisance, and fixed hyperparameters".
 */
export const conditional = (
  hyperparameters: ReadonlyArray<Hyperparameter>,
  defaults: Hyperparameters,
): ReadonlyArray<Hyperparameter> =>
  hyperparameters.flatMap((one): ReadonlyArray<Hyperparameter> => {
    const parent = hyperparameters.find((other) => isSwitchOf(other, one))
    if (parent !== undefined) return [{ ...one, when: { [parent.name]: [true] } }]
    const optimizer = hyperparameters.find((other) => other !== one && meaningOf(other) === "optimizer")
    if (optimizer?.type !== "categorical") return [one]
    if (meaningOf(one) === "learning-rate") return perOptimizer(one, optimizer, defaults[optimizer.name])
    const values = valuesWith(optimizer, one)
    return values.length === 0 ? [one] : [{ ...one, when: { [optimizer.name]: values } }]
  })

const isSwitchOf = ({ name, type }: Hyperparameter, one: Hyperparameter): boolean => {
  const subject = /^(?:use|with|enable)_(.+)$/.exec(name)?.[1]
  return type === "boolean" && subject !== undefined && one.name !== name && one.name.startsWith(subject)
}

/** The optimizers that have it, where some have it and others do not. */
const valuesWith = (optimizer: Categorical, one: Hyperparameter): ReadonlyArray<Value> => {
  const has = NESTEROV.test(one.name) ? /sgd|momentum/i : HAVE[meaningOf(one)]
  if (has === undefined) return []
  const values = optimizer.values.filter((value) => has.test(String(value)))
  return values.length === optimizer.values.length ? [] : values
}
