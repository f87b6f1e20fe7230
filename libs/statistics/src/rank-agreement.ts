/** How far two lists of values put the same things in the same order. */
export interface RankAgreement {
  readonly points: number
  /** Pairs that stand in opposite order; one that is tied in either list counts half. */
  readonly discordant: number
  /** Kendall's τ: the share of pairs in the same order less that in opposite order; 1 … −1. */
  readonly tau: number
  /** Interval for τ. */
  readonly low: number
  readonly high: number
  /** Two-sided level of `low` … `high`. */
  readonly level: number
}

/**
 * Kendall's τ of two equally long lists, with an exact interval however few the points.
 *
 * The second order is taken for a noisy copy of the first: an order at a distance of d discordant pairs has a chance in
 * proportion to q^d (Mallows 1957). Under it d is a sum of independent truncated geometric numbers, so its distribution
 * is exact, and the interval for q, and with it for the expected τ, is found as Clopper and Pearson's is. Half pairs are
 * rounded away from the estimate on either side.
 *
 * @returns undefined for fewer than two points
 */
export const rankAgreement = (
  one: ReadonlyArray<number>,
  other: ReadonlyArray<number>,
  level = 0.95,
): RankAgreement | undefined => {
  const points = one.length
  if (points < 2) return undefined
  const discordant = discordantPairs(one, other)
  const tail = (1 - level) / 2
  const most = (points * (points - 1)) / 2
  const [least, greatest] = [Math.floor(discordant), Math.ceil(discordant)]
  return {
    points,
    discordant,
    tau: 1 - (2 * discordant) / most,
    low: greatest === most ? -1 : tauWhere(points, (chances) => sum(chances.slice(0, greatest + 1)) - tail),
    high: least === 0 ? 1 : tauWhere(points, (chances) => tail - sum(chances.slice(least))),
    level,
  }
}

const discordantPairs = (one: ReadonlyArray<number>, other: ReadonlyArray<number>): number => {
  let pairs = 0
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < i; j++) pairs += (1 - Math.sign(one[i]! - one[j]!) * Math.sign(other[i]! - other[j]!)) / 2
  }
  return pairs
}

/** Beyond e^±40 nothing that a tail of 1e-6 could ask for is left to be found. */
const WIDEST = 40

/**
 * The expected τ where `above` falls through 0.
 *
 * @param above of the chances of 0, 1, … discordant pairs; falls as discordant pairs become more likely
 */
const tauWhere = (points: number, above: (chances: ReadonlyArray<number>) => number): number => {
  let [from, to] = [-WIDEST, WIDEST]
  for (let step = 0; step < 60; step++) {
    const middle = (from + to) / 2
    if (above(distanceChances(points, middle)) > 0) from = middle
    else to = middle
  }
  const chances = distanceChances(points, (from + to) / 2)
  const expected = sum(chances.map((chance, pairs) => chance * pairs))
  return 1 - (4 * expected) / (points * (points - 1))
}

/**
 * Chances of 0, 1, … discordant pairs among `points`.
 *
 * @param logOdds ln q: 0 where every order is equally likely
 */
export const distanceChances = (points: number, logOdds: number): ReadonlyArray<number> => {
  // Opposite odds mirror the distribution: powers of q never overflow.
  if (logOdds > 0) return distanceChances(points, -logOdds).toReversed()
  let chances: ReadonlyArray<number> = [1]
  for (let placed = 2; placed <= points; placed++) {
    const powers = Array.from({ length: placed }, (_, pairs) => Math.exp(logOdds * pairs))
    const total = sum(powers)
    const next = new Array<number>(chances.length + placed - 1).fill(0)
    for (const [pairs, power] of powers.entries()) {
      for (const [before, chance] of chances.entries()) next[before + pairs]! += (chance * power) / total
    }
    chances = next
  }
  return chances
}

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0)
