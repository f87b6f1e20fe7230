import { rankCorrelation } from "@tanren/statistics"
import { meaningOf } from "@tanren/terms"
import type { CleanColumn } from "./hyperparameter.ts"

/** Fewer rows order themselves alike by chance. */
const leastRows = 8
const lockstep = 0.99

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
    const rho = rankCorrelation(
      pairs.map(([value]) => value),
      pairs.map(([, measured]) => measured),
    )
    return Math.abs(rho) >= lockstep ? [name] : []
  })
