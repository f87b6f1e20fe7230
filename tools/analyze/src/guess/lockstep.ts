import { meaningOf } from "@tanren/space"
import type { CleanColumn } from "./hyperparameter.ts"

/** Fewer rows order themselves alike by chance. */
const leastRows = 8
const lockstep = 0.99

const ranks = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value)
  const ranked = new Array<number>(values.length).fill(0)
  order.forEach(({ at }, rank) => {
    ranked[at] = rank
  })
  return ranked
}

/** Spearman's rank correlation; values are taken to be distinct. */
const correlation = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => {
  const [ra, rb] = [ranks(a), ranks(b)]
  const n = a.length
  const squares = ra.reduce((sum, rank, at) => sum + (rank - (rb[at] ?? 0)) ** 2, 0)
  return 1 - (6 * squares) / (n * (n * n - 1))
}

/**
 * A column of unknown name that orders the trials exactly as the metric does is a second measurement, or a
 * hyperparameter that decides everything: to take one for the other would turn the verdicts round.
 */
export const inLockstep = (
  columns: ReadonlyArray<CleanColumn>,
  objective: ReadonlyArray<number | undefined>,
): ReadonlyArray<string> =>
  columns.flatMap(({ name, numeric, values }) => {
    if (!numeric || meaningOf({ name, type: "float", low: 0, high: 1 }) !== "other") return []
    const pairs = values.flatMap((value, row) => {
      const measured = objective[row]
      return typeof value === "number" && measured !== undefined && Number.isFinite(measured)
        ? [[value, measured] as const]
        : []
    })
    const distinct = new Set(pairs.map(([value]) => value)).size
    if (pairs.length < leastRows || distinct * 10 < pairs.length * 9) return []
    const rho = correlation(
      pairs.map(([value]) => value),
      pairs.map(([, measured]) => measured),
    )
    return Math.abs(rho) >= lockstep ? [name] : []
  })
