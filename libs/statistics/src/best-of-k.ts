/** The best of some values drawn without replacement: its exact distribution, nothing is resampled. */
export interface BestOfK {
  readonly mean: number
  readonly sd: number
  /** The best that a share `p` (0 … 1) of all draws does not exceed. */
  readonly quantile: (p: number) => number
  /** Chance that all that is drawn has no value. */
  readonly none: number
}

/**
 * Chance that the i-th best of `n` is the best of `k` drawn without replacement: C(n − i, k − 1) / C(n, k). (Draws of n
 * from n with replacement would return the observed best most of the time and be no interval.)
 */
export const bestOfChances = (n: number, k: number): Array<number> => {
  const chances: Array<number> = []
  // That of the first is k / n; each next follows from the one before, so that no binomial coefficient overflows.
  let chance = k / n
  for (let i = 1; i <= n; i++) {
    chances.push(chance)
    chance *= Math.max(n - i - k + 1, 0) / Math.max(n - i, 1)
  }
  return chances
}

/**
 * The best of `k` of `sorted`, 1 … n, and of `without` more that are drawn too but have no value: mean, sd and quantiles
 * are those of the draws that have one.
 *
 * @param sorted best first
 */
export const bestOfK = (sorted: ReadonlyArray<number>, k: number, without = 0): BestOfK => {
  const chances = bestOfChances(sorted.length + without, k).slice(0, sorted.length)
  const weighted = (value: (x: number) => number): number => {
    let total = 0
    for (let i = 0; i < sorted.length; i++) total += chances[i]! * value(sorted[i]!)
    return total
  }
  const reached = without === 0 ? 1 : weighted(() => 1)
  const mean = weighted((x) => x) / reached
  return {
    mean,
    sd: Math.sqrt(weighted((x) => (x - mean) ** 2) / reached),
    quantile: (p) => {
      let below = 0
      for (let i = 0; i < sorted.length; i++) {
        below += chances[i]! / reached
        if (below >= p - 1e-12) return sorted[i]!
      }
      return sorted[sorted.length - 1]!
    },
    none: Math.max(1 - reached, 0),
  }
}
