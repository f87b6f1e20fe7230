import { exponentOf } from "./digits.ts"
import type { Hyperparameter, Hyperparameters, Value } from "./hyperparameter.ts"

/**
 * A value as people read it, at most four significant digits: `0.0003735`, `3e-5`, `64`. On the scale reverse_log, and
 * wherever a value would read as 1 and is not, the digits are those of 1 - x: 0.99999.
 */
export function formatValue(value: Value, hyperparameter?: Hyperparameter): string {
  if (typeof value !== "number") return String(value)
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value)
  if (hyperparameter?.type === "float" && hyperparameter.scale === "reverse_log" && value > 0.5 && value < 1)
    return besideOne(value)
  const exponent = exponentOf(value)
  if (exponent < -4 || exponent >= 6) {
    const [mantissa = "", power = "0"] = value.toExponential(3).split("e")
    return `${trimZeros(mantissa)}e${Number(power)}`
  }
  const text = trimZeros(value.toPrecision(4).includes("e") ? String(Math.round(value)) : value.toPrecision(4))
  return text === "1" ? besideOne(value) : text
}

/** By how much it misses 1, to three digits: 0.99999 is another momentum than 1. */
function besideOne(value: number): string {
  const rest = Number((1 - value).toPrecision(3))
  return trimZeros((1 - rest).toFixed(Math.min(2 - exponentOf(rest), 100)))
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text
}

/** `learning_rate 0.01, momentum 0.9`. */
export function formatPoint(point: Hyperparameters, hyperparameters: ReadonlyArray<Hyperparameter> = []): string {
  return Object.entries(point)
    .map(([name, value]) => {
      const declared = hyperparameters.filter((hyperparameter) => hyperparameter.name === name)
      return `${name} ${formatValue(value, declared.length === 1 ? declared[0] : undefined)}`
    })
    .join(", ")
}
