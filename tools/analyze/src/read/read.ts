import { readFileSync, statSync } from "node:fs"
import { accept, type Outcome, refuse } from "../outcome.ts"
import type { Source } from "../table.ts"
import { readCsv } from "./csv.ts"
import { readJson } from "./json.ts"
import { readMlflowFolder } from "./mlflow-folder.ts"
import { readOptuna } from "./optuna.ts"
import { columnsTold } from "./prefixes.ts"
import { isSqlite, textOf } from "./text.ts"

export interface ReadOptions {
  /** The study of an Optuna file, or the experiment of an MLflow folder, that holds several. */
  readonly study?: string
  /** The objective of an Optuna study that has several. */
  readonly metric?: string
}

/** A file of trials, recognised by what it holds rather than by its name. */
export const readSource = (file: string, { study, metric }: ReadOptions): Outcome<Source> => {
  let bytes: Uint8Array
  try {
    if (statSync(file).isDirectory()) return readMlflowFolder(file, study)
    bytes = readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    return refuse(code === "ENOENT" ? `${file}: no such file` : `${file}: cannot be read (${code})`)
  }
  if (isSqlite(bytes)) return readOptuna(file, study, metric)
  const text = textOf(file, bytes)
  if (!text.ok) return text
  if (/^\s*[{[]/.test(text.value)) {
    const json = readJson(file, text.value)
    if (!json.ok) return json
    const told = columnsTold(json.value.table)
    return accept({ file, format: json.value.format, table: told.table, notes: json.value.notes })
  }
  const csv = readCsv(file, text.value)
  if (!csv.ok) return csv
  const { format, table } = columnsTold(csv.value.table)
  return accept({ file, format, table, notes: csv.value.notes })
}
