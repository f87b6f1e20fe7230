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
  const content = contentOf(file)
  if (!content.ok) return content
  if (content.value === "folder") return readMlflowFolder(file, study)
  if (content.value === "sqlite") return readOptuna(file, study, metric)
  const { text } = content.value
  if (/^\s*[{[]/.test(text)) {
    const json = readJson(file, text)
    if (!json.ok) return json
    const told = columnsTold(json.value.table)
    return accept({ file, format: json.value.format, table: told.table, notes: json.value.notes })
  }
  const csv = readCsv(file, text)
  if (!csv.ok) return csv
  const { format, table } = columnsTold(csv.value.table)
  return accept({ file, format, table, notes: csv.value.notes })
}

/** A function of its own, so that a large file's bytes are free again while its text is read. */
const contentOf = (file: string): Outcome<"folder" | "sqlite" | { readonly text: string }> => {
  try {
    if (statSync(file).isDirectory()) return accept("folder")
    const bytes = readFileSync(file)
    if (isSqlite(bytes)) return accept("sqlite")
    const text = textOf(file, bytes)
    return text.ok ? accept({ text: text.value }) : text
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    return refuse(code === "ENOENT" ? `${file}: no such file` : `${file}: cannot be read (${code})`)
  }
}
