import { exponentOf, type Scale, toPlaces } from "@tanren/terms"

/** Into the space in which a hyperparameter is uniform; increasing on every scale. */
export function spread(scale: Scale, value: number): number {
  if (scale === "log") return Math.log(value)
  if (scale === "reverse_log") return -Math.log(1 - value)
  return value
}

export function unspread(scale: Scale, value: number): number {
  if (scale === "log") return Math.exp(value)
  if (scale === "reverse_log") return 1 - Math.exp(-value)
  return value
}

/** Significant digits of a sampled float. Ten leave room for the rounding errors of log and exp, which is what makes
 * the way to the unit cube and back exact, and more than any training run could tell apart. */
const digits = 10

/**
 * A sampled value as it is recorded, on the scale's own digits: of x for log, of 1 - x for reverse_log (0.99 and 0.999
 * differ as 0.1 and 0.01 do), of the range for linear.
 */
export function roundOnScale(scale: Scale, value: number, low: number, high: number): number {
  if (scale === "log") return Number(value.toPrecision(digits))
  if (scale === "reverse_log") {
    const rest = Number((1 - value).toPrecision(digits))
    return toPlaces(1 - rest, digits - 1 - exponentOf(rest))
  }
  const ofRange = digits - 1 - exponentOf(high - low)
  const ofDouble = 13 - exponentOf(Math.max(Math.abs(low), Math.abs(high)))
  return toPlaces(value, Math.min(ofRange, ofDouble))
}
