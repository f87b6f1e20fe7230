import { DatabaseSync } from "node:sqlite"
import { listed, type Outcome, refuse } from "../outcome.ts"
import type { Source } from "../table.ts"
import { mlflowTables, readMlflowDatabase } from "./mlflow-database.ts"
import { optunaTables, readOptuna } from "./optuna.ts"

/** An SQLite file of Optuna or MLflow, told apart by its tables. */
export const readSqlite = (
  file: string,
  { study, metric }: { readonly study?: string; readonly metric?: string },
): Outcome<Source> => {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { readOnly: true })
    const found = new Set(
      database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .all()
        .map(({ name }) => String(name)),
    )
    const missing = optunaTables.filter((one) => !found.has(one))
    if (missing.length === 0) return readOptuna(file, database, found, study, metric)
    if (mlflowTables.every((one) => found.has(one))) return readMlflowDatabase(file, database, study)
    return refuse(
      missing.length === optunaTables.length
        ? `${file}: is an SQLite file, but neither Optuna's nor MLflow's (its tables are ${listed([...found]) || "none"}); export its trials as CSV`
        : `${file}: is an SQLite file of Optuna's, but without the table ${listed(missing)}; export its trials as CSV`,
    )
  } catch (error) {
    return refuse(`${file}: SQLite cannot read it (${error instanceof Error ? error.message : String(error)})`)
  } finally {
    database?.close()
  }
}
