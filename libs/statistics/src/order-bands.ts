import { incompleteBeta } from "./beta.ts"
import { logChoose } from "./choose.ts"

/**
 * P(low[i] ≤ U(i) ≤ high[i] for all i), U(i) the i-th smallest of n independent uniform numbers. Between neighbouring
 * bounds only the count of numbers below matters, and its increments are binomial: every term is positive, so that
 * nothing cancels. O(n³).
 *
 * @param low rising, in 0 … 1; as many as of `high`
 */
export const withinChance = (low: ReadonlyArray<number>, high: ReadonlyArray<number>): number => {
  const n = low.length
  const places = [...new Set([...low, ...high, 1])].filter((at) => at > 0 && at <= 1).sort((a, b) => a - b)
  let chances = [1, ...new Array<number>(n).fill(0)]
  let before = 0
  for (const place of places) {
    const share = (place - before) / (1 - before)
    // By here as many as have their upper bound here or before, and no more than have their lower bound before.
    const least = high.filter((bound) => bound <= place).length
    const most = low.filter((bound) => bound < place).length
    const next = new Array<number>(n + 1).fill(0)
    for (let from = 0; from <= n; from++) {
      const chance = chances[from]!
      if (chance === 0) continue
      for (let to = Math.max(from, least); to <= most; to++) next[to]! += chance * binomial(to - from, n - from, share)
    }
    chances = next
    before = place
    if (place === 1) break
  }
  return chances[n]!
}

const binomial = (count: number, of: number, share: number): number =>
  share >= 1
    ? Number(count === of)
    : Math.exp(logChoose(of, count) + count * Math.log(share) + (of - count) * Math.log1p(-share))

/** A root between two places where a continuous function has different signs (the Illinois method). */
const rootOf = (of: (x: number) => number, above: number, below: number): number => {
  let [a, b, atA, atB] = [above, below, of(above), of(below)]
  for (let times = 0; times < 60 && Math.abs(b - a) > 1e-10 && atA !== 0 && atB !== 0; times++) {
    const x = b - (atB * (b - a)) / (atB - atA)
    const at = of(x)
    if (at * atB < 0) [a, atA] = [b, atB]
    else atA /= 2
    ;[b, atB] = [x, at]
  }
  return atA === 0 ? a : b
}

/** Where a rising function of 0 … 1 reaches a value, to the last digits. */
const reached = (rising: (x: number) => number, value: number): number => {
  let [low, high] = [0, 1]
  for (let times = 0; times < 60; times++) {
    const middle = (low + high) / 2
    if (rising(middle) < value) low = middle
    else high = middle
  }
  return (low + high) / 2
}

export interface OrderBands {
  /** Lowest and highest that the distribution function can be at the i-th smallest of n values, i from 0. */
  readonly low: ReadonlyArray<number>
  readonly high: ReadonlyArray<number>
  /** The level that each pair of bounds has by itself, for all to hold together at the level asked for. */
  readonly each: number
}

const remembered = new Map<string, OrderBands>()

/**
 * Simultaneous confidence bands for a distribution function, from n independent values of it: equal-tailed intervals of
 * each order statistic (U(i) is beta distributed with i and n + 1 − i), widened until all hold together. Exact for a
 * continuous distribution, on the safe side for any other. Learned-Miller & DeStefano (2008); Lourie, Cho & He, "Show
 * Your Work with Confidence" (arXiv 2311.09480), who find the common level by simulation; here it is computed.
 *
 * @param n at least 1; some hundreds take seconds
 * @param level 0.95
 */
export const orderBands = (n: number, level: number): OrderBands => {
  const key = `${n} ${level}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  // The miss of each lies between that of all together and what of it each would have if no two missed at once.
  const excess = (logMiss: number): number => {
    const { low, high } = boundsAt(n, Math.exp(logMiss))
    return withinChance(low, high) - level
  }
  const miss = Math.exp(rootOf(excess, Math.log((1 - level) / n), Math.log(1 - level)))
  const bands = { ...boundsAt(n, miss), each: 1 - miss }
  remembered.set(key, bands)
  return bands
}

/** @param miss of each interval, half of it on either side */
export const boundsAt = (n: number, miss: number): Pick<OrderBands, "low" | "high"> => {
  const at = (share: number) => (_: unknown, i: number) => reached((x) => incompleteBeta(x, i + 1, n - i), share)
  const each = Array.from({ length: n })
  return { low: each.map(at(miss / 2)), high: each.map(at(1 - miss / 2)) }
}
