import { blowUps } from "@tanren/playbook"
import { ExperimentRecord, type TrialRow } from "@tanren/record"
import type { Metric, Trial } from "@tanren/terms"
import { Effect } from "effect"

/** A trial as the rules read it. */
export const trialOf = (row: TrialRow): Trial => ({
  id: `${row.study}/${row.index}`,
  hyperparameters: row.hyperparameters,
  status: row.status,
  value: row.value ?? undefined,
  bestStep: row.bestStep ?? undefined,
  seed: row.seeds.init,
  reason: row.reason ?? undefined,
  cause: row.cause ?? undefined,
})

/** A study's trials with their curves. */
export const trialsWithCurves = Effect.fnUntraced(function* (campaign: string, study: string) {
  const record = yield* ExperimentRecord
  const rows = yield* record.trials(campaign, study)
  return yield* Effect.forEach(rows, (row) =>
    Effect.map(
      record.measurements({ campaign, study, index: row.index }),
      (measurements): Trial => ({ ...trialOf(row), measurements }),
    ),
  )
})

/** The metric of completed trials. */
export const valuesOf = (rows: ReadonlyArray<TrialRow>): ReadonlyArray<number> =>
  rows.flatMap(({ status, value }) => (status === "completed" && value !== null ? [value] : []))

/** The count of examples that programs report beside the metric: `valid/count` beside `valid/error`. */
export const countNamed = ({ name }: Pick<Metric, "name">): string => `${name.slice(0, name.lastIndexOf("/") + 1)}count`

/** The metric of one point's completed runs, without those that blew up: what the others come to is what it is worth. */
export const soundValuesOf = (rows: ReadonlyArray<TrialRow>, metric: Metric): ReadonlyArray<number> =>
  soundRowsOf(rows, metric).map(({ value }) => value)

/** The same with whose they are. */
export const soundRowsOf = (rows: ReadonlyArray<TrialRow>, metric: Metric) => {
  const completed = rows.flatMap((row) =>
    row.status === "completed" && row.value !== null ? [{ ...row, value: row.value }] : [],
  )
  const blown = blowUps(
    completed.map(({ value }) => value),
    metric,
  )
  return completed.filter((_, at) => blown[at] !== true)
}

/**
 * Runs of one point that are missing from a verdict: those that could not be trained, and those that failed and were not
 * replaced by another seed.
 */
export const lostOf = (rows: ReadonlyArray<TrialRow>, planned: number): number => {
  const infeasible = rows.filter(({ status }) => status === "infeasible").length
  return Math.max(infeasible, planned - valuesOf(rows).length)
}
