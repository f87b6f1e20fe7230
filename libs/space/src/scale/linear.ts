import { exponentOf, toPlaces } from "@tanren/terms"
import { SAMPLED_DIGITS, type Scale } from "./scale.ts"

/** Uniform in the value itself. */
export const linear: Scale = {
  name: "linear",
  spread: (value) => value,
  unspread: (spread) => spread,
  rounded: (value, low, high) => {
    const ofRange = SAMPLED_DIGITS - 1 - exponentOf(high - low)
    const ofDouble = 13 - exponentOf(Math.max(Math.abs(low), Math.abs(high)))
    return toPlaces(value, Math.min(ofRange, ofDouble))
  },
  ends: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
  isLogarithmic: false,
  decades: () => null,
  outwards: (low, high) => (high - low) / 2,
  measure: (value) => value,
  measureText: (value) => value,
  isBackwards: false,
  drawn: (value) => value,
  ticks: (low, high) => {
    // Ends that agree to nine digits are one point: steps between them would be lost in rounding.
    if (!(high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)))) return [low]
    const rough = (high - low) / 4
    const power = 10 ** Math.floor(Math.log10(rough))
    const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!
    const ticks: number[] = []
    for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) {
      ticks.push(Number((index * step).toPrecision(12)))
    }
    return ticks
  },
  padded: (low, high, share) => {
    const span = high - low || Math.abs(high) || 1
    return [low - span * share, high + span * share]
  },
  between: (low, high, share) => low + (high - low) * share,
}
