import { scales } from "@tanren/space"
import type { Meaning, ScaleName } from "@tanren/terms"

/** Kolmogorov's distance of sorted values from the uniform distribution over their own range. */
const distance = (sorted: ReadonlyArray<number>): number => {
  const low = sorted[0] ?? 0
  const width = (sorted.at(-1) ?? 0) - low
  if (width <= 0) return 1
  const n = sorted.length
  return sorted.reduce((worst, value, at) => {
    const place = (value - low) / width
    return Math.max(worst, Math.abs(place - (at + 0.5) / n))
  }, 0)
}

/** Values over more than a decade, more evenly spread by their logarithms than by themselves, were drawn on a log scale. */
const leastSpread = 10

const logMeanings: ReadonlyArray<Meaning> = ["learning-rate", "epsilon"]
const reverseMeanings: ReadonlyArray<Meaning> = ["momentum", "beta1", "beta2"]

/** The scale on which distinct values lie most evenly. */
export const guessScale = (values: ReadonlyArray<number>, meaning: Meaning): ScaleName => {
  const sorted = [...new Set(values)].sort((a, b) => a - b)
  const low = sorted[0] ?? 0
  const high = sorted.at(-1) ?? 0
  const linear = distance(sorted)
  if (low > 0 && high / low >= leastSpread) {
    const log = distance(sorted.map(scales.log.spread))
    if (log < linear || (logMeanings.includes(meaning) && log < linear + 0.1)) return "log"
  }
  if (reverseMeanings.includes(meaning) && high < 1 && (1 - low) / (1 - high) >= leastSpread) {
    const reverse = distance(sorted.map(scales.reverse_log.spread))
    if (reverse < linear) return "reverse_log"
  }
  return "linear"
}
