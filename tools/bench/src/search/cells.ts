import { readFileSync } from "node:fs"
import { centredDiscrepancy, unitPoints } from "@tanren/search"
import { median } from "@tanren/statistics"
import type { Alternative } from "./scramblings.ts"

/** SciPy's median of one number of points in one number of dimensions. */
export interface Cell {
  readonly d: number
  readonly n: number
  readonly scipy_scrambled_median: number
}

/** SciPy's table, measured once and kept with its source. */
export const reference = JSON.parse(
  readFileSync(new URL("./fixtures/scipy-discrepancy.json", import.meta.url), "utf8"),
) as { readonly source: string; readonly rows: ReadonlyArray<Cell> }

/** What a cell's ratio to SciPy may be at most. */
export const mostRatio = 1.05

/** Median discrepancy of Tanren's Halton sequence over the seeds. */
export function ours({ d, n }: Cell, seeds: ReadonlyArray<number>): number {
  return median(seeds.map((seed) => centredDiscrepancy(unitPoints(seed, 0, n, d), d)))
}

/** The same of another way of choosing points. */
export function theirs({ d, n }: Cell, seeds: ReadonlyArray<number>, { sequence }: Alternative): number {
  const found = seeds.map((seed) => {
    const point = sequence(seed, d)
    return centredDiscrepancy(Float64Array.from(Array.from({ length: n }, (_, index) => point(index)).flat()), d)
  })
  return median(found)
}
