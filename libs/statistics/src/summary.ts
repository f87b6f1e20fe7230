import { logChoose, normalQuantile } from "./distributions.ts"

export const sum = (of: ReadonlyArray<number>): number => {
  let total = 0
  for (const x of of) total += x
  return total
}

export const mean = (of: ReadonlyArray<number>): number => sum(of) / of.length

/** Sample variance (n - 1); 0 for fewer than two. */
export const variance = (of: ReadonlyArray<number>): number => {
  if (of.length < 2) return 0
  const centre = mean(of)
  let squares = 0
  for (const x of of) squares += (x - centre) ** 2
  return squares / (of.length - 1)
}

export const sd = (of: ReadonlyArray<number>): number => Math.sqrt(variance(of))

export const ascending = (of: ReadonlyArray<number>): Array<number> => Array.from(Float64Array.from(of).sort())

/** Quantile of already sorted numbers, linear between them. */
export const quantile = (sorted: ReadonlyArray<number>, p: number): number => {
  if (sorted.length === 0) return Number.NaN
  const at = p * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (at - below)
}

export const median = (of: ReadonlyArray<number>): number => quantile(ascending(of), 0.5)

/** Average ranks from 1, ties shared. */
export const ranks = (of: ReadonlyArray<number>): Array<number> => {
  const order = of.map((_, i) => i).sort((a, b) => of[a]! - of[b]!)
  const result = new Array<number>(of.length).fill(0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end + 1 < order.length && of[order[end + 1]!] === of[order[start]!]) end++
    for (let i = start; i <= end; i++) result[order[i]!] = (start + end) / 2 + 1
    start = end + 1
  }
  return result
}

/** Normal scores of the ranks (Blom): bad values far away lose their leverage, the order stays. */
export const normalScores = (of: ReadonlyArray<number>): Array<number> =>
  ranks(of).map((rank) => normalQuantile((rank - 0.375) / (of.length + 0.25)))

/**
 * Chance that the i-th smallest of n is the best of k drawn without replacement.
 * Draws of n from n with replacement would return the observed best most of the time and be no interval.
 */
export const bestOfWeights = (n: number, k: number): Array<number> => {
  const all = logChoose(n, k)
  return Array.from({ length: n }, (_, i) => (n - 1 - i < k - 1 ? 0 : Math.exp(logChoose(n - 1 - i, k - 1) - all)))
}

/** Expected smallest of k drawn without replacement from sorted values. */
export const expectedBestOf = (sorted: ReadonlyArray<number>, k: number): number => {
  const weights = bestOfWeights(sorted.length, k)
  let total = 0
  for (let i = 0; i < sorted.length; i++) total += weights[i]! * sorted[i]!
  return total
}

/** Quantile p of the smallest of k drawn without replacement. */
export const quantileOfBest = (sorted: ReadonlyArray<number>, k: number, p: number): number => {
  const weights = bestOfWeights(sorted.length, k)
  let below = 0
  for (let i = 0; i < sorted.length; i++) {
    below += weights[i]!
    if (below >= p - 1e-12) return sorted[i]!
  }
  return sorted[sorted.length - 1]!
}
