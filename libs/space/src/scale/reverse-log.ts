import { exponentOf, toPlaces } from "@tanren/terms"
import { log } from "./log.ts"
import { SAMPLED_DIGITS, type Scale } from "./scale.ts"

/**
 * Uniform in the logarithm of 1 − x: of a momentum, 0.9, 0.99 and 0.999 differ as 0.1, 0.01 and 0.001 do. It is drawn
 * as 1 − x on a log axis that runs backwards, so that larger stays right.
 */
export const reverseLog: Scale = {
  name: "reverse_log",
  spread: (value) => -Math.log(1 - value),
  unspread: (spread) => 1 - Math.exp(-spread),
  rounded: (value) => {
    const rest = Number((1 - value).toPrecision(SAMPLED_DIGITS))
    return toPlaces(1 - rest, SAMPLED_DIGITS - 1 - exponentOf(rest))
  },
  ends: { low: Number.NEGATIVE_INFINITY, high: 1 },
  isLogarithmic: true,
  decades: (low, high) => Math.log10((1 - low) / (1 - high)),
  outwards: log.outwards,
  measure: (value) => 1 - value,
  measureText: (value) => `(1 - ${value})`,
  isBackwards: true,
  drawn: (value) => Number((1 - value).toPrecision(12)),
  ticks: log.ticks,
  padded: log.padded,
  between: log.between,
}
