import { scaleOf } from "@tanren/space"
import type { Hyperparameter, Meaning } from "@tanren/terms"
import { meaningOfOption, stated } from "./meanings.ts"
import { areOptimizers } from "./per-optimizer.ts"
import type { ScriptOption } from "./read-options.ts"

/** A range around an option's default, and what about it should be looked at. */
export interface Guess {
  readonly hyperparameter: Hyperparameter
  /** Where the default itself cannot be a value on the scale. */
  readonly start?: number | string | boolean
  readonly note?: string
  /** Nothing tells what it is: its range is a mere guess. */
  readonly unknown?: boolean
}

/**
 * A first search space, on the scales that the playbook uses (learning rate log, momentum and betas reverse log),
 * a decade or two around the default. Undefined where nothing can be guessed.
 */
export const rangeOf = (option: ScriptOption): Guess | undefined => {
  const { name, kind, choices, default: start } = option
  if (start === null) return undefined
  if (kind === "bool") return { hyperparameter: { name, type: "boolean" } }
  if (choices !== null) {
    if (choices.length < 2 || !choices.includes(start)) return undefined
    // The rules know an optimizer by its name; `--optim` is one by what can be chosen.
    const meaning = areOptimizers(choices) ? "optimizer" : meaningOfOption(option)
    const numbers = choices.filter((one) => typeof one === "number")
    return numbers.length === choices.length
      ? { hyperparameter: { name, type: "discrete", values: numbers.toSorted((a, b) => a - b) } }
      : { hyperparameter: stated({ name, type: "categorical", values: choices }, meaning) }
  }
  if (typeof start !== "number") return undefined
  const meaning = meaningOfOption(option)
  const guess = kind === "int" ? wholeRange(name, start) : floatRange(name, start, meaning)
  return guess && bounded({ ...guess, hyperparameter: stated(guess.hyperparameter, meaning) }, option)
}

const floatRange = (name: string, start: number, meaning: Meaning): Guess | undefined => {
  const log = (low: number, high: number): Guess => ({
    hyperparameter: { name, type: "float", low, high, scale: "log" },
  })
  const linear = (low: number, high: number, naturalLow?: number, naturalHigh?: number): Guess => ({
    hyperparameter: { name, type: "float", low, high, scale: "linear", naturalLow, naturalHigh },
  })
  const reverse = (low: number, high: number): Guess => ({
    hyperparameter: { name, type: "float", low: Math.min(low, start), high, scale: "reverse_log" },
  })
  switch (meaning) {
    case "momentum":
    case "beta1":
      return start >= 0 && start < 1 ? reverse(0.5, start > 0.99 ? 0.9999 : 0.99) : undefined
    case "beta2":
      return start >= 0 && start < 1 ? reverse(0.9, start > 0.9999 ? 0.99999 : 0.9999) : undefined
    case "regulariser":
      // The parameter of a Beta distribution from which the share is drawn: above 1 most images would be halves of both.
      if (/mix_?up|cut_?mix/i.test(name) && !/prob/i.test(name)) return linear(0, Math.max(1, start), 0)
      if (/prob|flip|(^|_)p$|cut_?out|augment|jitter|erasing/i.test(name) && start <= 1) return linear(0, 1, 0, 1)
      if (/drop|smooth|depth/i.test(name)) return linear(0, Math.max(/smooth/i.test(name) ? 0.3 : 0.6, start), 0, 1)
      // Beyond 1 a step of decoupled decay turns weights over, and an L2 penalty drowns the loss.
      if (start > 0) return log(decade(start, -2), Math.max(start, Math.min(1, decade(start, 2))))
      return { ...log(1e-6, 0.1), start: 1e-6, note: `${name} starts at 1e-6: its default 0 lies on no log scale` }
    default:
      // A factor that the learning rate (or an average) is multiplied by: 1 is none at all, more has no sense.
      if (DECAY_FACTOR.test(name) && start >= 0.1 && start <= 1) {
        return start > 0.9 && start < 1 ? reverse(0.5, oneMinus(start)) : closed(log(0.1, 1))
      }
      // How much is kept from step to step (`gae_lambda`, `ema`, `tau`): what counts is the distance to 1.
      if (start >= 0.9 && start < 1 && meaning === "other") {
        return { ...reverse(0.5, oneMinus(start)), unknown: true }
      }
      if (start > 0 && start < 1 && /(rate|ratio|prob|frac|share|alpha|^p)$/i.test(name) && meaning === "other") {
        return { ...linear(0, 1, 0, 1), unknown: true }
      }
      if (start > 0) {
        const away = meaning === "epsilon" ? 3 : 1
        const guess = log(decade(start, -away), decade(start, away))
        return meaning === "other" ? { ...guess, unknown: true } : guess
      }
      // What 0 switches off may be of any size.
      return start === 0 ? undefined : { ...linear(2 * start, 0), unknown: true }
  }
}

const DECAY_FACTOR = /(^|[_.])(gamma|decay|decay_(rate|factor)|end_factor|lr_(decay|factor)|factor)$/i

/** Its high end cannot be passed. */
const closed = (guess: Guess): Guess =>
  "low" in guess.hyperparameter ? { ...guess, hyperparameter: { ...guess.hyperparameter, naturalHigh: true } } : guess

/** A tenth of the distance to 1: 0.97 gives 0.997. */
const oneMinus = (start: number): number => Number((1 - (1 - start) / 10).toPrecision(6))

/** The power of ten so many decades away; 0.1 gives 0.01 and 1, 0.0003 gives 0.00001 and 0.01. */
const decade = (value: number, away: number): number => {
  const power = Math.log10(value)
  const near = Math.round(power)
  const whole = Math.abs(power - near) < 1e-9 ? near : away < 0 ? Math.floor(power) : Math.ceil(power)
  return Number(`1e${whole + away}`)
}

const wholeRange = (name: string, start: number): Guess | undefined => {
  if (start < 1) return undefined
  return start <= 8
    ? { hyperparameter: { name, type: "int", low: 1, high: 2 * start, scale: "linear", naturalLow: true } }
    : { hyperparameter: { name, type: "int", low: Math.floor(start / 4), high: 4 * start, scale: "log" } }
}

/** Limits that the script itself sets are natural. */
const bounded = (guess: Guess, { low, high }: ScriptOption): Guess => {
  const { hyperparameter } = guess
  if (!("low" in hyperparameter)) return guess
  const within = {
    ...hyperparameter,
    ...(low !== null && low >= hyperparameter.low ? { low, naturalLow: true } : {}),
    ...(high !== null && high <= hyperparameter.high ? { high, naturalHigh: true } : {}),
  }
  const { ends } = scaleOf(within)
  const reachesEnd = within.low <= ends.low || within.high >= ends.high
  return reachesEnd || within.low >= within.high ? guess : { ...guess, hyperparameter: within }
}
