import type { DatabaseSync } from "node:sqlite"
import type { Outcome } from "../outcome.ts"
import type { Source } from "../table.ts"
import { chosenStudy, type OptunaTrial, optunaSource } from "./optuna-study.ts"

type Row = Readonly<Record<string, unknown>>
type Query = (sql: string, ...values: ReadonlyArray<number>) => ReadonlyArray<Row>

export const optunaTables = ["studies", "trials", "trial_params", "trial_values", "study_directions"]

/** Optuna's storage in SQLite (schema of Optuna 2.4 to 5): one study's trials with their declared distributions. */
export const readOptuna = (
  file: string,
  database: DatabaseSync,
  tables: ReadonlySet<string>,
  asked: string | undefined,
  metric: string | undefined,
): Outcome<Source> => {
  const all: Query = (sql, ...values) => database.prepare(sql).all(...values)
  const studies = all("SELECT study_id, study_name FROM studies ORDER BY study_id").map(({ study_id, study_name }) => ({
    id: Number(study_id),
    name: String(study_name),
  }))
  const chosen = chosenStudy(file, studies, asked)
  if (!chosen.ok) return chosen
  const { id, name } = chosen.value
  const of = (table: string, order: string): ReadonlyMap<number, ReadonlyArray<Row>> =>
    tables.has(table)
      ? Map.groupBy(
          all(
            `SELECT v.* FROM ${table} v JOIN trials t ON t.trial_id = v.trial_id WHERE t.study_id = ? ORDER BY ${order}`,
            id,
          ),
          ({ trial_id }) => Number(trial_id),
        )
      : new Map()
  const values = of("trial_values", "v.objective")
  const params = of("trial_params", "v.param_id")
  const intermediate = of("trial_intermediate_values", "v.step")
  const userAttributes = of("trial_user_attributes", "v.rowid")
  const systemAttributes = of("trial_system_attributes", "v.rowid")
  const trials = all("SELECT trial_id, number, state FROM trials WHERE study_id = ? ORDER BY number", id).map(
    ({ trial_id, number, state }): OptunaTrial => {
      const rowsOf = (rows: ReadonlyMap<number, ReadonlyArray<Row>>) => rows.get(Number(trial_id)) ?? []
      const byObjective = rowsOf(values).map(
        (row) => [Number(row.objective), spelled(row.value_type, row.value)] as const,
      )
      return {
        number: Number(number),
        state: String(state),
        values: byObjective.reduce<Array<number | undefined>>((all, [at, value]) => {
          all[at] = value
          return all
        }, []),
        params: new Map(
          rowsOf(params).map((row) => [
            String(row.param_name),
            { stored: Number(row.param_value), distribution: String(row.distribution_json) },
          ]),
        ),
        // Older schemas know no types here: an empty value was a NaN.
        intermediate: rowsOf(intermediate).map((row) => [
          Number(row.step),
          spelled(row.intermediate_value_type, row.intermediate_value) ?? Number.NaN,
        ]),
        userAttributes: attributesIn(rowsOf(userAttributes)),
        systemAttributes: attributesIn(rowsOf(systemAttributes)),
      }
    },
  )
  const [names] = all(
    "SELECT value_json FROM study_system_attributes WHERE study_id = ? AND key = 'study:metric_names'",
    id,
  )
  const goals = all("SELECT direction FROM study_directions WHERE study_id = ? ORDER BY objective", id).map(
    ({ direction }) => (direction === "MAXIMIZE" ? "maximize" : "minimize"),
  )
  const metricNames: unknown = names === undefined ? undefined : JSON.parse(String(names.value_json))
  return optunaSource(file, { name, goals, metricNames, trials }, studies.length > 1, metric)
}

const attributesIn = (rows: ReadonlyArray<Row>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(rows.map(({ key, value_json }) => [String(key), JSON.parse(String(value_json))]))

const spelled = (type: unknown, value: unknown): number | undefined => {
  if (type === "INF_POS") return Number.POSITIVE_INFINITY
  if (type === "INF_NEG") return Number.NEGATIVE_INFINITY
  if (type === "NAN") return Number.NaN
  return typeof value === "number" ? value : undefined
}
