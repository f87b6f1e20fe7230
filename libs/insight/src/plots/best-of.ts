import { bestOfK } from "@tanren/statistics"
import type { Study } from "../study/study.ts"

/** One box of the playbook's figure 3: the best of `trials` trials, in the metric's own direction. */
export interface BestOfBox {
  readonly trials: number
  readonly whiskerLow: number
  readonly lower: number
  readonly median: number
  readonly upper: number
  readonly whiskerHigh: number
  readonly mean: number
}

/**
 * Playbook, figure 3: best performance against tuning budget. Budgets up to half of the trials, drawn without
 * replacement (exact, no random numbers); the inter-quartile range is the study variance at that budget.
 * Whiskers: 5 % and 95 %. Infeasible trials are draws that can only be best when all are infeasible.
 */
export const bestOfPlot = (study: Study): { readonly metric: string; readonly boxes: ReadonlyArray<BestOfBox> } => {
  const costs = study.points.map((point) => point.cost)
  const worst = costs[costs.length - 1]
  const all = worst === undefined ? [] : [...costs, ...study.infeasible.map(() => worst)]
  const budgets = budgetsUpTo(Math.floor(all.length / 2))
  const boxes = budgets.map((trials): BestOfBox => {
    const best = bestOfK(all, trials)
    const at = (p: number) => study.sign * best.quantile(study.sign > 0 ? p : 1 - p)
    return {
      trials,
      whiskerLow: at(0.05),
      lower: at(0.25),
      median: at(0.5),
      upper: at(0.75),
      whiskerHigh: at(0.95),
      mean: study.sign * best.mean,
    }
  })
  return { metric: study.input.metric.name, boxes }
}

/** 1, 2, 4, … and the largest itself. */
const budgetsUpTo = (largest: number): ReadonlyArray<number> => {
  const budgets: Array<number> = []
  for (let k = 1; k < largest; k *= 2) budgets.push(k)
  return largest > 0 ? [...budgets, largest] : []
}
