import type { Note } from "../note.ts"
import type { Column, Format, GivenRole, Table } from "../table.ts"
import { measured } from "./cells.ts"
import { withoutNested } from "./mlflow-runs.ts"
import { isNni, nniTable } from "./nni.ts"
import { pythonLiteral } from "./python-literal.ts"
import { containerRole, flatten, isCurveName, isFields } from "./record.ts"
import { tableOfRecords } from "./records-table.ts"

export interface Told {
  /** Undefined where nothing tells. */
  readonly format: Format | undefined
  readonly table: Table
  readonly notes: ReadonlyArray<Note>
}

const prefixes: ReadonlyArray<readonly [RegExp, GivenRole]> = [
  [/^(?:hyper_?parameters?|hparams?|params?|parameters|config)[./:]+(.+)$/i, "hyperparameter"],
  [/^(?:metrics?|summary|results?)[./:]+(.+)$/i, "metric"],
  [/^(?:tags?|user_attrs|system_attrs|info|attributes)[._/:]+(.+)$/i, "ignored"],
]

/** What a known tracker's column names say: MLflow's `params.lr`, Ray's `config/lr`, Optuna's `params_lr`. */
export const columnsTold = (table: Table): Told => {
  const isCv = isCrossValidated(table)
  // The column `params` repeats the columns `param_…`.
  const wide = withoutEmbedded(
    isCv ? { ...table, columns: table.columns.filter(({ name }) => name !== "params") } : table,
  )
  const names = new Set(wide.columns.map(({ name }) => name))
  const isOptuna = names.has("number") && names.has("state") && [...names].some((name) => /^params_/.test(name))
  if (isNni(names)) return { format: "nni", table: nniTable(wide), notes: [] }
  const columns = wide.columns.map((column): Column => {
    if (column.given !== undefined) return column
    const own = isOptuna ? optunaColumn(column) : isCv ? crossValidated(column) : undefined
    if (own !== undefined) return own
    for (const [pattern, given] of prefixes) {
      const [, rest] = pattern.exec(column.name) ?? []
      if (rest !== undefined) return { ...column, name: given === "ignored" ? column.name : rest, given }
    }
    return column
  })
  return {
    format: isCv ? "scikit-learn" : formatOf(names, isOptuna, wide !== table),
    ...withoutNested({ ...wide, columns }),
  }
}

/** Optuna's data frame: user attributes that are numbers are what the program measured besides, or its seed. */
const optunaColumn = (column: Column): Column | undefined => {
  const [, kind, name] = /^(params|user_attrs)_(.+)$/.exec(column.name) ?? []
  if (name === undefined) return undefined
  if (kind === "params") return { ...column, name, given: "hyperparameter" }
  const numeric = column.cells.every((cell) => cell === undefined || measured(cell) !== undefined)
  if (!numeric) return undefined
  return { ...column, name, given: name === "seed" ? "seed" : "metric" }
}

const isCrossValidated = ({ columns }: Table): boolean =>
  columns.some(({ name }) => /^mean_test_/.test(name)) && columns.some(({ name }) => /^param_/.test(name))

/** scikit-learn's `cv_results_`: its test scores are those of the held-out folds, whose mean is the objective. */
const crossValidated = (column: Column): Column => {
  const [, name] = /^param_(.+)$/.exec(column.name) ?? []
  if (name !== undefined) return { ...column, name, given: "hyperparameter" }
  return { ...column, given: /^mean_(test|train)_/.test(column.name) ? "metric" : "ignored" }
}

const formatOf = (names: ReadonlySet<string>, isOptuna: boolean, embedded: boolean): Format | undefined => {
  if (isOptuna) return "optuna-csv"
  if (names.has("run_id") && [...names].some((name) => /^(params|metrics)\./.test(name))) return "mlflow"
  if (names.has("State") && names.has("Name") && (names.has("Created") || names.has("Runtime"))) return "wandb"
  if (embedded && names.has("name")) return "wandb"
  if (names.has("arm_name") && names.has("trial_index")) return "ax"
  if ([...names].some((name) => name.startsWith("config/"))) return "ray"
  return names.has("training_iteration") && names.has("time_this_iter_s") ? "ray" : undefined
}

/** Cells of `config`, `summary`, `hyperparameters`, `measurements`… that hold JSON or a Python dict become columns. */
const withoutEmbedded = (table: Table): Table => {
  const embedded = table.columns.filter(
    ({ name, cells }) =>
      (containerRole(name) !== undefined || isCurveName(name)) &&
      cells.some((cell) => typeof cell === "string" && /^\s*[{[]/.test(cell)),
  )
  if (embedded.length === 0) return table
  const flat = Array.from({ length: table.rows }, (_, row) =>
    flatten(
      Object.fromEntries(
        embedded.flatMap(({ name, cells }) => {
          const value = literal(cells[row])
          return value === undefined ? [] : [[name, value]]
        }),
      ),
    ),
  )
  const inner = tableOfRecords(flat)
  return { ...inner, columns: [...table.columns.filter((column) => !embedded.includes(column)), ...inner.columns] }
}

const literal = (cell: unknown): unknown => {
  if (typeof cell !== "string") return undefined
  try {
    const value: unknown = JSON.parse(cell)
    return isFields(value) || Array.isArray(value) ? value : undefined
  } catch {
    return pythonLiteral(cell)
  }
}
