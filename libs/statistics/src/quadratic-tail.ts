import type { OrderBands } from "./order-bands.ts"

/**
 * The best values of a search near the optimum: the quadratic distribution with normal noise of Lourie, Cho & He
 * ("Hyperparameter Loss Surfaces Are Simple Near Their Optima", arXiv 2510.02721). Of points that are spread evenly around
 * the lowest point of a smooth loss in d dimensions, a share proportional to (y − lowest)^(d / 2) lies below y; a run then
 * adds its noise.
 */

/** 20 points of Gauss and Legendre on [−1, 1], the positive ones: place and weight. */
const GAUSS: ReadonlyArray<readonly [number, number]> = legendre(20)

function legendre(n: number): ReadonlyArray<readonly [number, number]> {
  return Array.from({ length: n }, (_, index) => {
    let x = Math.cos((Math.PI * (index + 0.75)) / (n + 0.5))
    let slope = 1
    for (let times = 0; times < 20; times++) {
      let [last, before] = [1, 0]
      for (let k = 1; k <= n; k++) [last, before] = [((2 * k - 1) * x * last - (k - 1) * before) / k, last]
      slope = (n * (x * last - before)) / (x * x - 1)
      x -= last / slope
    }
    return [x, 2 / ((1 - x * x) * slope * slope)] as const
  })
}

/** Beyond so many standard deviations nothing is left of a normal distribution that a double would see. */
const REACH = 9
const PARTS = 6
/** From here noise changes a power by no more than the second term of its series says, to 1e-10. */
const FAR = 1e3

/**
 * ln E[max(0, t + Z)^power], Z standard normal: of what a power of the height above the lowest point becomes under noise
 * that is 1.
 *
 * @param power above 0
 */
export function logNoisyPower(power: number, t: number): number {
  if (t > FAR) return power * Math.log(t) + Math.log1p((power * (power - 1)) / (2 * t * t))
  // Over r, r² being the height: smooth where a height's square root, or the reciprocal of one, is not.
  const [from, to] = [Math.sqrt(Math.max(0, t - REACH)), Math.sqrt(t + Math.sqrt(Math.min(t, 0) ** 2 + REACH ** 2))]
  const scale = t < 0 ? t * t : 0
  const half = (to - from) / (2 * PARTS)
  let sum = 0
  for (let part = 0; part < PARTS; part++) {
    const middle = from + half * (2 * part + 1)
    for (const [at, weight] of GAUSS) {
      const r = middle + half * at
      // Far below the lowest point all is as small as the normal tail: that factor is kept apart.
      sum += weight * 2 * r ** (2 * power + 1) * Math.exp(-((r * r - t) ** 2 - scale) / 2)
    }
  }
  return Math.log((sum * half) / Math.sqrt(2 * Math.PI)) - scale / 2
}

/** The tail of a search's values: the lower they are, the better. */
export interface QuadraticTail {
  readonly lowest: number
  /** Effective number of hyperparameters, above 0. */
  readonly dimensions: number
  /** Standard deviation of a single run, from 0. */
  readonly noise: number
}

/** ln of what the chance of a value up to y is proportional to; −Infinity where none can be. */
export const logTail = ({ lowest, dimensions, noise }: QuadraticTail, y: number): number => {
  const power = dimensions / 2
  if (noise === 0) return y > lowest ? power * Math.log(y - lowest) : Number.NEGATIVE_INFINITY
  const t = (y - lowest) / noise
  return power * Math.log(noise) + logNoisyPower(power, t)
}

/** P(X ≤ x) of the sum of n independent exponential variables of mean 1 (Erlang's distribution). */
export const erlangLower = (n: number, x: number): number => {
  let [term, upper] = [Math.exp(-x), 0]
  for (let k = 0; k < n; k++) {
    upper += term
    term *= x / (k + 1)
  }
  return 1 - upper
}

/** The last place at which what holds from the start on still does. */
const lastOf = (holds: (x: number) => boolean, to: number): number => {
  let [yes, no] = [0, to]
  for (let times = 0; times < 100; times++) {
    const middle = (yes + no) / 2
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}

/**
 * How low the lowest point may lie at least, given the best values of a search: a lower confidence bound, exact for
 * independent values that follow the tail.
 *
 * Given that they lie below the next value u, the chances F(y) / F(u) of the best m are independent and uniform, so that
 * the sum of their −ln is Erlang's, whatever the space. A lowest point too low makes them too alike. The bound falls as
 * `dimensions` grows: it holds for every number of them up to the one given.
 *
 * @param best the lowest values of the search
 * @param next the value after those; not below any
 * @param level one-sided, in 0.5 … 1
 */
export function lowestPossible(
  best: ReadonlyArray<number>,
  next: number,
  tail: Omit<QuadraticTail, "lowest">,
  level: number,
): number {
  const wanted = lastOf((x) => erlangLower(best.length, x) < 1 - level, 10 * best.length + 50)
  const isTooAlike = (lowest: number): boolean => {
    const all = logTail({ ...tail, lowest }, next)
    return best.reduce((sum, y) => sum + all - logTail({ ...tail, lowest }, y), 0) < wanted
  }
  const spread = Math.max(next - Math.min(...best), tail.noise)
  if (!(spread > 0)) return next
  let reach = spread
  while (!isTooAlike(next - reach) && reach < spread * 2 ** 40) reach *= 2
  return next - lastOf((distance) => !isTooAlike(next - distance), reach)
}

/**
 * Whether the best values of a search may follow such a tail at all: for some lowest point from `lowest` on, and for some
 * number of dimensions up to the one given, each chance F(y) / F(u) lies where it belongs by its rank.
 *
 * @param bands of as many order statistics as there are values
 */
export function tailFits(
  best: ReadonlyArray<number>,
  next: number,
  tail: QuadraticTail,
  { low, high }: Pick<OrderBands, "low" | "high">,
): boolean {
  const rising = best.toSorted((a, b) => a - b)
  for (let dimensions = Math.floor(tail.dimensions); dimensions >= 1; dimensions--) {
    for (let step = 0; step < PLACES; step++) {
      const lowest = tail.lowest + ((next - tail.lowest) * step) / PLACES
      const all = logTail({ ...tail, dimensions, lowest }, next)
      const fits = rising.every((y, rank) => {
        const chance = Math.exp(logTail({ ...tail, dimensions, lowest }, y) - all)
        return low[rank]! <= chance && chance <= high[rank]!
      })
      if (fits) return true
    }
  }
  return false
}

const PLACES = 40
