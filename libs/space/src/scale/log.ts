import { linear } from "./linear.ts"
import { SAMPLED_DIGITS, type Scale } from "./scale.ts"

/** Uniform in the logarithm: 1e-4 to 1e-3 is searched as much as 1e-2 to 1e-1. */
export const log: Scale = {
  name: "log",
  spread: (value) => Math.log(value),
  unspread: (spread) => Math.exp(spread),
  rounded: (value) => Number(value.toPrecision(SAMPLED_DIGITS)),
  ends: { low: 0, high: Number.POSITIVE_INFINITY },
  isLogarithmic: true,
  decades: (low, high) => Math.log10(high / low),
  outwards: () => Math.LN10,
  measure: (value) => value,
  measureText: (value) => value,
  isBackwards: false,
  drawn: (value) => value,
  // Powers of ten; with fewer than three of them, 2s and 5s (or 3s) between.
  ticks: (low, high) => {
    const from = Math.floor(Math.log10(low))
    const to = Math.ceil(Math.log10(high))
    const inside = (factors: ReadonlyArray<number>): ReadonlyArray<number> =>
      Array.from({ length: to - from + 1 }, (_, index) => from + index)
        .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))))
        .filter((tick) => tick >= low * 0.999 && tick <= high * 1.001)
    const decades = inside([1])
    if (decades.length >= 6) return decades.filter((_, index) => index % Math.ceil(decades.length / 5) === 0)
    if (decades.length >= 3) return decades
    const finer = inside(decades.length === 2 ? [1, 3] : [1, 2, 5])
    return finer.length >= 2 ? finer : linear.ticks(low, high)
  },
  padded: (low, high, share) => {
    const ratio = high > low ? (high / low) ** share : 1.5
    return [low / ratio, high * ratio]
  },
  between: (low, high, share) => low * (high / low) ** share,
}
