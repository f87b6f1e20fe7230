import { median } from "@tanren/statistics"
import type { Result } from "./one-run.ts"

/** A median of regrets; infinite where half the runs found nothing feasible. */
const medianRegret = (regrets: ReadonlyArray<number | null>): number => {
  const found = regrets.flatMap((regret) => (regret === null ? [] : [regret]))
  if (2 * found.length <= regrets.length) return Number.POSITIVE_INFINITY
  // What is not found ranks behind all that is: any number above does.
  return median(regrets.map((regret) => regret ?? 2 * Math.max(...found) + 1))
}

/** A method on a problem over its seeds. */
export interface Cell {
  readonly seeds: number
  /** Median simple regret after the evaluations counted; infinite where half the runs found nothing feasible. */
  readonly regret: number
  /** Median evaluations at infeasible points. */
  readonly infeasible: number
}

export type Cells = ReadonlyMap<string, ReadonlyMap<string, Cell>>

/** By problem, by method. */
export const cellsOf = (results: ReadonlyArray<Result>, evaluations: number): Cells => {
  const cells = new Map<string, Map<string, Cell>>()
  for (const [problem, ofProblem] of Map.groupBy(results, (result) => result.problem)) {
    const byMethod = Map.groupBy(ofProblem, (result) => result.method)
    const row = new Map<string, Cell>()
    for (const [method, runs] of byMethod) {
      row.set(method, {
        seeds: runs.length,
        regret: medianRegret(runs.map(({ regrets }) => regrets[evaluations - 1] ?? null)),
        infeasible: median(runs.map((run) => run.infeasible)),
      })
    }
    cells.set(problem, row)
  }
  return cells
}

/** Ranks from 1, the least regret first; equals share the mean of their places. */
export const ranksOf = (
  row: ReadonlyMap<string, Cell>,
  methods: ReadonlyArray<string>,
): ReadonlyMap<string, number> => {
  const regrets = methods.flatMap((method) => {
    const cell = row.get(method)
    return cell === undefined ? [] : [{ method, regret: cell.regret }]
  })
  return new Map(
    regrets.map(({ method, regret }) => {
      const less = regrets.filter((other) => other.regret < regret).length
      const equal = regrets.filter((other) => other.regret === regret).length
      return [method, less + (equal + 1) / 2]
    }),
  )
}

/** Mean rank over the problems that every one of the methods ran. */
export const averageRanks = (
  cells: Cells,
  methods: ReadonlyArray<string>,
): { readonly problems: number; readonly ranks: ReadonlyMap<string, number> } => {
  const rows = [...cells.values()].filter((row) => methods.every((method) => row.has(method)))
  const ranked = rows.map((row) => ranksOf(row, methods))
  const meanOf = (method: string) => ranked.reduce((sum, ranks) => sum + (ranks.get(method) ?? 0), 0) / ranked.length
  return { problems: rows.length, ranks: new Map(methods.map((method) => [method, meanOf(method)])) }
}
