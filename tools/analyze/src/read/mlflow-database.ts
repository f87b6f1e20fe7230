import type { DatabaseSync } from "node:sqlite"
import type { Measurement } from "@tanren/terms"
import { accept, type Outcome } from "../outcome.ts"
import type { Source } from "../table.ts"
import { unbounded } from "./cells.ts"
import { chosenExperiment, type MlflowRun, mlflowSource } from "./mlflow-runs.ts"

export const mlflowTables = ["experiments", "runs", "params", "metrics", "tags"]

/** MLflow's tracking store in SQLite (`mlflow.db`, its default since 3.7): one experiment's runs with their curves. */
export const readMlflowDatabase = (
  file: string,
  database: DatabaseSync,
  experiment: string | undefined,
): Outcome<Source> => {
  const all = (sql: string, ...values: ReadonlyArray<number>) => database.prepare(sql).all(...values)
  const experiments = all(
    "SELECT e.experiment_id AS id, e.name FROM experiments e WHERE e.lifecycle_stage = 'active' AND EXISTS (SELECT 1 FROM runs r WHERE r.experiment_id = e.experiment_id AND r.lifecycle_stage = 'active') ORDER BY e.experiment_id",
  ).map(({ id, name }) => ({ id: Number(id), name: String(name) }))
  const chosen = chosenExperiment(file, experiments, experiment)
  if (!chosen.ok) return chosen
  const { id } = chosen.value
  const texts = (table: "params" | "tags") =>
    Map.groupBy(
      all(
        `SELECT t.run_uuid AS run, t.key, t.value FROM ${table} t JOIN runs r ON r.run_uuid = t.run_uuid WHERE r.experiment_id = ? ORDER BY t.rowid`,
        id,
      ),
      ({ run }) => String(run),
    )
  const params = texts("params")
  const tags = texts("tags")
  const curves = curvesOf(database, id)
  const runs = all(
    "SELECT run_uuid AS run, status FROM runs WHERE experiment_id = ? AND lifecycle_stage = 'active' ORDER BY start_time, rowid",
    id,
  ).map(({ run, status }): MlflowRun => {
    const parent = tags.get(String(run))?.find(({ key }) => key === "mlflow.parentRunId")
    return {
      id: String(run),
      status: String(status).toLowerCase(),
      parent: parent === undefined ? undefined : String(parent.value),
      params: (params.get(String(run)) ?? []).map(({ key, value }) => [String(key), String(value)]),
      curve: curves.get(String(run)) ?? [],
    }
  })
  return accept(mlflowSource(file, "mlflow-database", runs))
}

/** Values of a metric at one step: the latest one counts. */
const curvesOf = (database: DatabaseSync, experiment: number): ReadonlyMap<string, ReadonlyArray<Measurement>> => {
  const curves = new Map<string, Array<{ readonly step: number; readonly metrics: Record<string, number> }>>()
  const rows = database
    .prepare(
      "SELECT m.run_uuid AS run, m.key, m.value, m.step, m.is_nan AS isNan FROM metrics m JOIN runs r ON r.run_uuid = m.run_uuid WHERE r.experiment_id = ? ORDER BY m.run_uuid, m.step, m.timestamp, m.rowid",
    )
    .iterate(experiment)
  for (const { run, key, value, step, isNan } of rows) {
    const curve = curves.get(String(run)) ?? []
    curves.set(String(run), curve)
    const metrics = curve.at(-1)?.step === Number(step) ? curve.at(-1)?.metrics : undefined
    const number = isNan === 1 ? Number.NaN : unbounded(Number(value))
    if (metrics === undefined) curve.push({ step: Number(step), metrics: { [String(key)]: number } })
    else metrics[String(key)] = number
  }
  return curves
}
