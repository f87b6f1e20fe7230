import { parsePythonJson } from "@tanren/space"
import type { Note } from "../note.ts"
import { accept, type Outcome, refuse } from "../outcome.ts"
import type { Format, Table } from "../table.ts"
import { flatten, isFields } from "./record.ts"
import { tableOfRecords } from "./records-table.ts"

interface Json {
  readonly format: Format
  readonly table: Table
  readonly notes: ReadonlyArray<Note>
}

/** JSON lines (one trial a line), or one JSON document: a list of trials, or an object that holds one. */
export const readJson = (file: string, text: string): Outcome<Json> => {
  const whole = text.trimStart().startsWith("[") || /^\{\s*[\r\n]/.test(text.trimStart()) ? parsed(text) : undefined
  if (whole !== undefined) {
    const list = listIn(whole)
    if (list !== undefined) return fromRecords(file, list, "json", [])
    if (Array.isArray(whole)) return refuse(`${file}: is a list, but not of objects; each trial must be an object`)
  }
  const lines = text.split("\n")
  const records: Array<Readonly<Record<string, unknown>>> = []
  const bad: Array<number> = []
  lines.forEach((line, at) => {
    if (line.trim() === "") return
    const value = parsed(line)
    if (isFields(value)) records.push(value)
    else bad.push(at + 1)
  })
  const only = records[0]
  if (records.length === 1 && bad.length === 0 && only !== undefined) {
    const list = listIn(only)
    if (list !== undefined) return fromRecords(file, list, "json", [])
  }
  if (bad.length > 0 && bad.length >= records.length)
    return refuse(`${file}: line ${bad[0]}: is no JSON object; wanted one trial a line, or a list of trials`)
  const notes: ReadonlyArray<Note> =
    bad.length === 0 ? [] : [{ note: "bad-lines", file, count: bad.length, first: bad[0] ?? 0 }]
  return fromRecords(file, records, "json-lines", notes)
}

const fromRecords = (
  file: string,
  records: ReadonlyArray<Readonly<Record<string, unknown>>>,
  format: Format,
  notes: ReadonlyArray<Note>,
): Outcome<Json> => {
  if (records.length === 0) return refuse(`${file}: holds no trials`)
  const first = records[0] ?? {}
  const known: Format =
    "hyperparameters" in first ? "tanren" : "config" in first && "summary" in first ? "wandb" : format
  return accept({ format: known, table: tableOfRecords(records.map(flatten)), notes })
}

/** `[…]`, or the list under `trials` or `runs`. */
const listIn = (value: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> | undefined => {
  const list = isFields(value) ? (value.trials ?? value.runs) : value
  return Array.isArray(list) && list.every(isFields) ? list : undefined
}

const parsed = (text: string): unknown => {
  try {
    return parsePythonJson(text)
  } catch {
    return undefined
  }
}
