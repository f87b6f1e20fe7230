import type { Hyperparameter, Value } from "@tanren/space"

export type Categorical = Extract<Hyperparameter, { type: "categorical" }>

/** Whether they divide by a running size of the gradient, so that the learning rate is the size of a step. */
const FAMILIES = { adaptive: /ada|nadam|lamb|lion|rms|sophia|shampoo/i, plain: /sgd|momentum|nesterov|lars/i }
type Family = keyof typeof FAMILIES

/** Where their learning rates usually lie: for the family that the script's own default says nothing of. */
const USUAL: Readonly<Record<Family, { readonly low: number; readonly high: number }>> = {
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

const familyOf = (optimizer: Value | undefined): Family | undefined =>
  FAMILIES.adaptive.test(String(optimizer)) ? "adaptive" : FAMILIES.plain.test(String(optimizer)) ? "plain" : undefined
