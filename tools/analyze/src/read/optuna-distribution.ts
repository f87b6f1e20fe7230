import type { Hyperparameter, Value } from "@tanren/terms"
import { isFields } from "./record.ts"

/** Choices as Optuna stores them: also null and lists, which come as texts here. */
export const choiceOf = (choice: unknown): Value =>
  typeof choice === "number" || typeof choice === "boolean" || typeof choice === "string"
    ? choice
    : choice === null
      ? "None"
      : JSON.stringify(choice)

/**
 * Optuna's distribution (`trial_params.distribution_json`) as a declaration, those of before Optuna 3 included;
 * undefined for one that is not known.
 */
export const declarationOf = (name: string, json: string): Hyperparameter | undefined => {
  const whole: unknown = JSON.parse(json)
  if (!isFields(whole) || !isFields(whole.attributes)) return undefined
  const { low, high, log, step, q, choices } = whole.attributes
  const kind = whole.name
  if (kind === "CategoricalDistribution" && Array.isArray(choices)) {
    const values = choices.map(choiceOf)
    if (values.length === 2 && values.every((value) => typeof value === "boolean")) return { name, type: "boolean" }
    return { name, type: "categorical", values }
  }
  if (typeof low !== "number" || typeof high !== "number" || typeof kind !== "string") return undefined
  const isLog = log === true || kind.includes("Log")
  const width = typeof step === "number" ? step : typeof q === "number" ? q : undefined
  // A range of one value searches nothing.
  if (low === high) return { name, type: "categorical", values: [low] }
  return {
    name,
    type: kind.startsWith("Int") ? "int" : "float",
    low,
    high,
    scale: isLog ? "log" : "linear",
    ...(width === undefined || isLog || (kind.startsWith("Int") && width === 1) ? {} : { step: width }),
  }
}

/** A categorical value is stored as the place in its list of choices. */
export const storedValue = (json: string, stored: number): Value => {
  if (!json.includes('"CategoricalDistribution"')) return stored
  const whole: unknown = JSON.parse(json)
  const choices = isFields(whole) && isFields(whole.attributes) ? whole.attributes.choices : undefined
  return Array.isArray(choices) ? choiceOf(choices[stored]) : stored
}

/** Ranges may change between the runs of a study: the union is what was searched. */
export const unionOf = (a: Hyperparameter, b: Hyperparameter): Hyperparameter => {
  if ((a.type === "float" || a.type === "int") && a.type === b.type)
    return { ...a, low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) }
  if (a.type === "categorical" && b.type === "categorical")
    return { ...a, values: [...new Set([...a.values, ...b.values])] }
  return a
}
