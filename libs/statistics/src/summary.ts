const sum = (of: ReadonlyArray<number>): number => {
  let total = 0
  for (const x of of) total += x
  return total
}

/** NaN of none. */
export const mean = (of: ReadonlyArray<number>): number => sum(of) / of.length

/** Our judgement: values that differ by less, as a share of their size, differ by rounding (a double has 16 digits). */
const ROUNDING = 1e-12

/** Whether values differ by no more than rounding: what made them shows no spread then. */
export const allEqual = (of: ReadonlyArray<number>): boolean => {
  let [low, high, size] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (const x of of) {
    if (x < low) low = x
    if (x > high) high = x
    if (Math.abs(x) > size) size = Math.abs(x)
  }
  return high - low <= ROUNDING * size || of.length < 2
}

/**
 * Sum of the squared distances from the mean, and exactly 0 where values differ by rounding alone: a spread of 1e-34
 * would make any difference certain. The mean is counted from the first value, so that of equal values is theirs.
 */
export const squaresAboutMean = (of: ReadonlyArray<number>): number => {
  if (allEqual(of)) return 0
  const [first = 0] = of
  const centre = first + mean(of.map((x) => x - first))
  let squares = 0
  for (const x of of) squares += (x - centre) ** 2
  return squares
}

/** Sample variance (n − 1); 0 for fewer than two, which show none. */
export const variance = (of: ReadonlyArray<number>): number =>
  of.length < 2 ? 0 : squaresAboutMean(of) / (of.length - 1)

/** Sample standard deviation (n − 1); 0 for fewer than two. */
export const sd = (of: ReadonlyArray<number>): number => Math.sqrt(variance(of))

/** Standard deviation of all there is (n), as of a function over a grid. */
export const populationSd = (of: ReadonlyArray<number>): number => Math.sqrt(squaresAboutMean(of) / of.length)

/**
 * Standard deviation about each group's own mean, pooled over the groups; undefined where no group has two values, and
 * where none varies: runs that all agree show no noise, which is not a noise of nothing.
 */
export const pooledSd = (
  groups: ReadonlyArray<ReadonlyArray<number>>,
): { readonly sd: number; readonly degreesOfFreedom: number } | undefined => {
  let squares = 0
  let degreesOfFreedom = 0
  for (const group of groups) {
    if (group.length < 2) continue
    squares += squaresAboutMean(group)
    degreesOfFreedom += group.length - 1
  }
  return squares > 0 ? { sd: Math.sqrt(squares / degreesOfFreedom), degreesOfFreedom } : undefined
}

export const ascending = (of: ReadonlyArray<number>): Array<number> => Array.from(Float64Array.from(of).sort())

/** Quantile `p`, 0 … 1, of sorted numbers: linear between them (type 7 of Hyndman & Fan 1996). NaN of none. */
export const quantile = (sorted: ReadonlyArray<number>, p: number): number => {
  if (sorted.length === 0) return Number.NaN
  const at = p * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (at - below)
}

/** In any order; NaN of none. */
export const median = (of: ReadonlyArray<number>): number => quantile(ascending(of), 0.5)
