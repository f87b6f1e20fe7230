import type { Scale } from "@tanren/terms"

/** Round numbers inside [low, high], about `count` of them. */
export const linearTicks = (low: number, high: number, count = 4): ReadonlyArray<number> => {
  // Ends that agree to nine digits are one point: steps between them would be lost in rounding.
  if (!(high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)))) return [low]
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!
  const ticks: number[] = []
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) {
    ticks.push(Number((index * step).toPrecision(12)))
  }
  return ticks
}

/** Powers of ten inside [low, high]; with fewer than three of them, 2s and 5s (or 3s) between. */
export const logTicks = (low: number, high: number): ReadonlyArray<number> => {
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
  return finer.length >= 2 ? finer : linearTicks(low, high)
}

/** Where a value is drawn: `reverse_log` is 1 − x on a log axis that runs backwards, so that larger stays right. */
export const drawnAt = (scale: Scale, value: number): number =>
  scale === "reverse_log" ? Number((1 - value).toPrecision(12)) : value

export const axisTicks = (scale: Scale, low: number, high: number): ReadonlyArray<number> =>
  scale === "linear" ? linearTicks(low, high) : logTicks(low, high)

/** The domain with a little air at both ends, as the scale measures it. */
export const padded = (scale: Scale, low: number, high: number, share: number): readonly [number, number] => {
  if (scale === "linear") {
    const span = high - low || Math.abs(high) || 1
    return [low - span * share, high + span * share]
  }
  const ratio = high > low ? (high / low) ** share : 1.5
  return [low / ratio, high * ratio]
}

/** In [-1, 1]: the golden ratio's multiples fill an interval evenly however many there are. */
export const sideways = (order: number): number => 2 * ((0.5 + order * 0.618034) % 1) - 1
