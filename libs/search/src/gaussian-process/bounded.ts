import type { Observation } from "./observations.ts"

/**
 * A model of n observations costs n³: 1.5 seconds for a cold batch of 4 at 1,000 of them, 10 at 2,000, and minutes
 * before 5,000. What lies far from the best, and long ago, hardly moves where the search goes next.
 */
export const mostModelled = 1000

/**
 * The observations that a model is made of, in their order, and the others, which are only not tried again: beyond
 * `mostModelled` the better half of them are the best, the rest are the newest.
 */
export function bounded(observations: ReadonlyArray<Observation>): {
  readonly modelled: ReadonlyArray<Observation>
  readonly others: ReadonlyArray<Observation>
} {
  if (observations.length <= mostModelled) return { modelled: observations, others: [] }
  const measured = observations.flatMap(({ value }, index) =>
    value !== undefined && Number.isFinite(value) ? [{ index, value }] : [],
  )
  const best = measured.toSorted((a, b) => a.value - b.value || a.index - b.index).slice(0, mostModelled / 2)
  const kept = new Set(best.map(({ index }) => index))
  for (let index = observations.length - 1; kept.size < mostModelled; index--) kept.add(index)
  return {
    modelled: observations.filter((_, index) => kept.has(index)),
    others: observations.filter((_, index) => !kept.has(index)),
  }
}
