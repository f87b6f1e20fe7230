import { closeSync, openSync, statSync } from "node:fs"
import type { Note } from "../note.ts"
import { accept, type Outcome, refuse } from "../outcome.ts"
import type { Format, Source, Table } from "../table.ts"
import { readCsv } from "./csv.ts"
import { readJson } from "./json.ts"
import { readMlflowFolder } from "./mlflow-folder.ts"
import { isJournal, readOptunaJournal } from "./optuna-journal.ts"
import { columnsTold } from "./prefixes.ts"
import { type Room, roomFor } from "./room.ts"
import { readSqlite } from "./sqlite.ts"
import { textOf } from "./text.ts"

export interface ReadOptions {
  /** The study of an Optuna file, or the experiment of an MLflow folder, that holds several. */
  readonly study?: string
  /** The objective of an Optuna study that has several. */
  readonly metric?: string
}

/** A file of trials, recognised by what it holds rather than by its name. */
export const readSource = (file: string, options: ReadOptions, room = roomFor(1)): Outcome<Source> => {
  let descriptor: number | undefined
  try {
    if (statSync(file).isDirectory()) return readMlflowFolder(file, options.study)
    descriptor = openSync(file, "r")
    return readOpened(file, descriptor, options, room)
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error && "code" in error)) throw error
    return refuse(error.code === "ENOENT" ? `${file}: no such file` : `${file}: cannot be read (${error.code})`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

const readOpened = (file: string, descriptor: number, options: ReadOptions, room: Room): Outcome<Source> => {
  const text = textOf(file, descriptor)
  if (!text.ok) return text
  if (text.value === "sqlite") return readSqlite(file, options)
  if (isJournal(text.value.start)) return readOptunaJournal(file, text.value, options)
  if (/^\s*[{[]/.test(text.value.start)) {
    const json = readJson(file, text.value, room)
    return json.ok ? accept(sourceOf(file, json.value.format, json.value)) : json
  }
  const csv = readCsv(file, text.value, room)
  return csv.ok ? accept(sourceOf(file, "csv", csv.value)) : csv
}

/** @param plain the format where no column tells of a tracker */
const sourceOf = (
  file: string,
  plain: Format,
  read: { readonly table: Table; readonly notes: ReadonlyArray<Note> },
): Source => {
  const { format = plain, table, notes } = columnsTold(read.table)
  return { file, format, table, notes: [...read.notes, ...notes] }
}
