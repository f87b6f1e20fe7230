/** Fine enough that what rounding adds to a chance is far below what anybody would decide by. */
const CELLS = 1 << 14

/** Up to so many differences all signs are gone through: no more work than the lattice, and exact. */
const ALL_SIGNS = 16

/** Sums that are equal but for their rounding are equal. */
const ROUNDING = 1e-12

/**
 * Fisher's randomisation test of pairs (1935): the chance, one-sided, of a sum as large as this one if each difference
 * were as likely to have the other sign. Over all 2ⁿ signs: exact for few, else convolved on a lattice of the sum's range,
 * where what is rounded counts against significance.
 *
 * @param differences weighted, where some pairs count more
 * @returns 1 where the sum is not above 0
 */
export const swapChance = (differences: ReadonlyArray<number>): number => {
  const sizes = differences.map(Math.abs).filter((size) => size > 0)
  const range = sizes.reduce((sum, size) => sum + size, 0)
  const sum = differences.reduce((total, difference) => total + difference, 0)
  if (!(sum > 0)) return 1
  if (sizes.length <= ALL_SIGNS) return amongAll(sizes, sum - ROUNDING * range)
  // How much of the sum is lost where signs turn: twice the sizes of those that do. The sum is reached where it is at most
  // what the negative differences lose already.
  const steps = sizes.map((size) => Math.floor((size / range) * CELLS))
  const lostNow = (range - sum) / 2 / range
  const most = Math.min(CELLS, Math.ceil(lostNow * CELLS + 1e-9))
  let chances = new Float64Array(most + 1)
  chances[0] = 1
  for (const step of steps) {
    const next = new Float64Array(most + 1)
    for (let lost = 0; lost <= most; lost++) {
      next[lost] = (chances[lost]! + (lost >= step ? chances[lost - step]! : 0)) / 2
    }
    chances = next
  }
  return Math.min(
    1,
    chances.reduce((all, chance) => all + chance, 0),
  )
}

/** The share of the sums of all signs that are at least as large. */
const amongAll = (sizes: ReadonlyArray<number>, least: number): number => {
  let sums = new Float64Array(1)
  for (const size of sizes) {
    const next = new Float64Array(2 * sums.length)
    for (let at = 0; at < sums.length; at++) {
      next[2 * at] = sums[at]! - size
      next[2 * at + 1] = sums[at]! + size
    }
    sums = next
  }
  return sums.reduce((count, sum) => count + (sum >= least ? 1 : 0), 0) / sums.length
}
