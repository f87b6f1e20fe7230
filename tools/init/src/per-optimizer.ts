import type { Hyperparameter, Value } from "@tanren/terms"

export type Categorical = Extract<Hyperparameter, { type: "categorical" }>

/**
 * By what a step is of the learning rate's size: by its sign alone, by dividing by a running size of the gradient, or
 * not at all. The first that fits.
 */
const FAMILIES = {
  sign: /lion|sign/i,
  adaptive: /ada|lamb|rms|sophia|shampoo/i,
  plain: /sgd|momentum|nesterov|lars/i,
}
type Family = keyof typeof FAMILIES
const NAMES: ReadonlyArray<Family> = ["sign", "adaptive", "plain"]

/** Where their learning rates usually lie: for the family that the script's own default says nothing of. */
const USUAL: Readonly<Record<Family, { readonly low: number; readonly high: number }>> = {
  sign: { low: 1e-6, high: 1e-3 },
  adaptive: { low: 1e-5, high: 1e-2 },
  plain: { low: 1e-3, high: 1 },
}

/**
 * Under optimizers of different families the learning rate is as many hyperparameters: what works well for them differs by
 * orders of magnitude, and one range for both would decide which of them wins. Playbook, "Identifying scientific,
 * nuisance, and fixed hyperparameters", on conditional hyperparameters.
 *
 * @param start the optimizer by default: the range around the default is for its family, and for what is of no known one
 */
export const perOptimizer = (
  learningRate: Hyperparameter,
  optimizer: Categorical,
  start: Value | undefined,
): ReadonlyArray<Hyperparameter> => {
  const own = familyOf(start)
  const usual = optimizer.values.map((value) => {
    const family = familyOf(value)
    return family === undefined || family === own ? undefined : USUAL[family]
  })
  if (learningRate.type !== "float" || usual.every((range) => range === undefined)) return [learningRate]
  return optimizer.values.map((value, at) => {
    const when = { [optimizer.name]: [value] }
    const range = usual[at]
    return range === undefined
      ? { ...learningRate, when }
      : { name: learningRate.name, type: "float", ...range, scale: "log", when }
  })
}

/** A choice among optimizers, whatever it is called (`--optim`, `--solver`). */
export const areOptimizers = (values: ReadonlyArray<Value>): boolean =>
  values.filter((value) => familyOf(value) !== undefined).length > 1

const familyOf = (optimizer: Value | undefined): Family | undefined =>
  NAMES.find((family) => FAMILIES[family].test(String(optimizer)))
