import { bestOfChances } from "./best-of-k.ts"

/** One outcome of a draw: the place of each side's best, and its chance. Places count from 0 in what was given. */
export type Visit = (one: number, other: number, chance: number) => void

const byMerit = (values: ReadonlyArray<number>): ReadonlyArray<number> =>
  values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!)

/**
 * The best of `k` places drawn without replacement, of two sides that are measured at the same places: both have the
 * same places drawn. Every outcome that can happen with its exact chance; nothing is resampled. n² outcomes of n places.
 *
 * The chance that neither of the best i of one nor the best j of the other is drawn is C(n − m, k) / C(n, k), m being
 * how many places those are together; the chance of an outcome is its second difference.
 *
 * @param one lower is better; as many as of the other
 */
export const bestsTogether = (
  one: ReadonlyArray<number>,
  other: ReadonlyArray<number>,
  k: number,
  visit: Visit,
): void => {
  const n = one.length
  const missed = missedChances(n, k)
  const [first, second] = [byMerit(one), byMerit(other)]
  const among = new Array<boolean>(n).fill(false)
  // How many places the best i of one and the best j of the other are together, for this i and the one before.
  let before = Array.from({ length: n + 1 }, (_, j) => j)
  for (let i = 0; i < n; i++) {
    among[first[i]!] = true
    const now = [i + 1]
    for (let j = 0; j < n; j++) now.push(now[j]! + (among[second[j]!] ? 0 : 1))
    for (let j = 0; j < n; j++) {
      const chance = missed[before[j]!]! - missed[now[j]!]! - missed[before[j + 1]!]! + missed[now[j + 1]!]!
      if (chance > 1e-15) visit(first[i]!, second[j]!, chance)
    }
    before = now
  }
}

/** The same of two sides with places of their own: each has `k` of its own drawn. */
export const bestsApart = (
  one: ReadonlyArray<number>,
  other: ReadonlyArray<number>,
  k: readonly [number, number],
  visit: Visit,
): void => {
  const [first, second] = [byMerit(one), byMerit(other)]
  const [ofFirst, ofSecond] = [bestOfChances(one.length, k[0]), bestOfChances(other.length, k[1])]
  for (let i = 0; i < first.length; i++) {
    for (let j = 0; j < second.length; j++) {
      const chance = ofFirst[i]! * ofSecond[j]!
      if (chance > 1e-15) visit(first[i]!, second[j]!, chance)
    }
  }
}

/** Chance that none of m given ones of n is among `k` drawn without replacement, for m = 0 … n. */
const missedChances = (n: number, k: number): ReadonlyArray<number> => {
  const chances = [1]
  for (let m = 0; m < n; m++) chances.push((chances[m]! * Math.max(n - k - m, 0)) / (n - m))
  return chances
}
