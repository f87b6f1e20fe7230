/**
 * When hyperparameters are fitted anew: a function of the number of observations alone, so that a session and a cold
 * start agree. Each observation up to a size, then at sizes that grow by a share: one more observation of many hardly
 * changes a fit. Between two fits the factor grows by a row.
 */
const eachUpTo = 24
const growth = 1.07
/** Of the feasibility model, which learns from a label without a fit almost what it would with one. */
export const classifiedGrowth = 1.15

/** The greatest size at most `count` at which there is a fit; 0 for none. */
export function fitSizeOf(count: number, grows = growth): number {
  if (count <= eachUpTo) return count
  let size = eachUpTo
  for (;;) {
    const next = Math.max(size + 1, Math.floor(size * grows))
    if (next > count) return size
    size = next
  }
}

/**
 * The size whose fit a fit begins from: the greatest power of two below it, from 4 on; 0 for none. A cold start then
 * has only those to go through, not every size.
 */
export const beginsFrom = (size: number): number => (size <= 4 ? 0 : 2 ** (Math.ceil(Math.log2(size)) - 1))

/** Whether a fit takes its time: others begin from one that did. */
export const takesTime = (size: number): boolean => size <= eachUpTo || Number.isInteger(Math.log2(size))

/** Whether it also begins from the prior's own likeliest hyperparameters. Of many observations one hill is left. */
export const beginsAfresh = (size: number): boolean => takesTime(size) && size <= 64

/** The most observations that a fit looks at. */
export const fittedAtMost = 150
export const classifiedAtMost = 100

/**
 * Which observations a fit looks at, ascending, where there are more than it can: half of them the best, the others
 * evenly spread over the rest in their order. (Of labels, every one counts alike.)
 */
export function fittedOn(values: Float64Array, most: number): ReadonlyArray<number> {
  const all = Array.from(values, (_, index) => index)
  if (all.length <= most) return all
  const byValue = all.toSorted((a, b) => values[a]! - values[b]! || a - b)
  const best = byValue.slice(0, Math.floor(most / 2))
  const rest = byValue.slice(best.length).sort((a, b) => a - b)
  const wanted = most - best.length
  const spread = Array.from({ length: wanted }, (_, k) => rest[Math.floor(((k + 0.5) * rest.length) / wanted)]!)
  return [...best, ...spread].sort((a, b) => a - b)
}
