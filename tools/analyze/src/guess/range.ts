import { scales } from "@tanren/space"
import type { ScaleName } from "@tanren/terms"

/**
 * The range that distinct values were probably drawn from. Values of a grid reach its ends; those of a random or
 * quasi-random search stop short of them by about a gap, and people write round ends: the roundest number that lies
 * within three gaps of the outermost value, or else that value.
 *
 * @param draws trials that have a value
 */
export const guessRange = (
  values: ReadonlyArray<number>,
  draws: number,
  scale: ScaleName,
): { readonly low: number; readonly high: number } => {
  const distinct = new Set(values)
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  if (distinct.size < 8 || distinct.size * 2 < draws) return { low, high }
  const { spread, unspread, measure, drawn } = scales[scale]
  const from = spread(low)
  const to = spread(high)
  const gap = (3 * (to - from)) / (distinct.size - 1)
  const outer = { low: unspread(from - gap), high: unspread(to + gap) }
  // Round is what the scale measures, which for 0.9 and 0.999 is what is left to 1.
  const round = (one: number, other: number): number | undefined => {
    const [a, b] = [measure(one), measure(other)]
    const found = roundest(Math.min(a, b), Math.max(a, b))
    return found === undefined ? undefined : drawn(found)
  }
  return { low: round(outer.low, low) ?? low, high: round(high, outer.high) ?? high }
}

/** The number with the fewest digits between two, at most two digits long; of several, a 1 or 5 before others. */
const roundest = (from: number, to: number): number | undefined => {
  if (from <= 0 && to >= 0) return 0
  const negative = to < 0
  const [low, high] = negative ? [-to, -from] : [from, to]
  for (const digits of [1, 2]) {
    const found: Array<number> = []
    for (let exponent = Math.floor(Math.log10(low)) - 1; exponent <= Math.ceil(Math.log10(high)); exponent++) {
      for (let mantissa = 10 ** (digits - 1); mantissa < 10 ** digits; mantissa++) {
        const value = Number(`${mantissa}e${exponent - digits + 1}`)
        if (value >= low && value <= high) found.push(value)
      }
    }
    const best = found.sort((a, b) => plainness(b) - plainness(a))[0]
    if (best !== undefined) return negative ? -best : best
  }
  return undefined
}

const plainness = (value: number): number => {
  const first = value.toExponential()[0]
  return first === "1" ? 3 : first === "5" ? 2 : first === "2" ? 1 : 0
}
