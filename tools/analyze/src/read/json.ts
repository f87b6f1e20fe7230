import { parsePythonJson } from "@tanren/terms"
import type { Note } from "../note.ts"
import { accept, type Outcome, refuse } from "../outcome.ts"
import type { Format, Table } from "../table.ts"
import { frameIn } from "./json-frame.ts"
import { type Fields, flatten, isFields } from "./record.ts"
import { tableOfRecords, tableOfRows } from "./records-table.ts"
import { memoryTrouble, type Room, tooManyCells } from "./room.ts"
import type { Text } from "./text.ts"

interface Json {
  readonly format: Format
  readonly table: Table
  readonly notes: ReadonlyArray<Note>
}

/** JSON lines (one trial a line), or one JSON document: a list of trials, or an object that holds one. */
export const readJson = (file: string, { start, pieces }: Text, room: Room): Outcome<Json> => {
  if (!/^\s*(\[|\{\s*[\r\n])/.test(start)) return readLines(file, linesOf(pieces), room)
  const parts: Array<string> = []
  let left = room.characters
  for (const piece of pieces) {
    if (!piece.ok) return piece
    parts.push(piece.value)
    left -= piece.value.length
    if (left < 0)
      return refuse(
        `${file}: ${memoryTrouble("a JSON document of more characters", "write one trial a line (JSON lines)", room)}`,
      )
  }
  const text = parts.join("")
  const whole = parsed(text)
  const list = whole === undefined ? undefined : listIn(whole)
  if (list !== undefined) return ofList(file, list)
  if (Array.isArray(whole)) return refuse(`${file}: is a list, but not of objects; each trial must be an object`)
  return readLines(file, linesOf([accept(text)]), room)
}

const readLines = (file: string, lines: Iterable<Outcome<string>>, room: Room): Outcome<Json> => {
  const rows = tableOfRows()
  const bad: Array<number> = []
  let first: Fields | undefined
  let number = 0
  for (const line of lines) {
    if (!line.ok) return line
    number++
    if (line.value.trim() === "") continue
    const value = parsed(line.value)
    if (isFields(value)) {
      first ??= value
      rows.add(flatten(value))
      if (rows.cells() > room.cells) return tooManyCells(file, room)
    } else bad.push(number)
  }
  const table = rows.table()
  const list = table.rows === 1 && bad.length === 0 ? listIn(first) : undefined
  if (list !== undefined) return ofList(file, list)
  if (bad.length > 0 && bad.length >= table.rows)
    return refuse(`${file}: line ${bad[0]}: is no JSON object; wanted one trial a line, or a list of trials`)
  const notes: ReadonlyArray<Note> =
    bad.length === 0 ? [] : [{ note: "bad-lines", file, count: bad.length, first: bad[0] ?? 0 }]
  return withTrials(file, { format: formatOf(first, "json-lines"), table, notes })
}

/** A line may begin in one piece and end many pieces later. */
export function* linesOf(pieces: Iterable<Outcome<string>>): Generator<Outcome<string>, undefined> {
  let begun: Array<string> = []
  for (const piece of pieces) {
    if (!piece.ok) return yield piece
    const lines = piece.value.split("\n")
    const last = lines.pop() ?? ""
    for (const line of lines) {
      yield accept(begun.length === 0 ? line : begun.join("") + line)
      begun = []
    }
    begun.push(last)
  }
  yield accept(begun.join(""))
}

const ofList = (file: string, list: ReadonlyArray<Fields>): Outcome<Json> =>
  withTrials(file, { format: formatOf(list[0], "json"), table: tableOfRecords(list.map(flatten)), notes: [] })

const withTrials = (file: string, json: Json): Outcome<Json> =>
  json.table.rows === 0 ? refuse(`${file}: holds no trials`) : accept(json)

const formatOf = (first: Fields | undefined, format: Format): Format => {
  if (first === undefined) return format
  return "hyperparameters" in first ? "tanren" : "config" in first && "summary" in first ? "wandb" : format
}

/** `[…]`, the list under `trials` or `runs`, or a data frame. */
const listIn = (value: unknown): ReadonlyArray<Fields> | undefined => {
  const list = isFields(value) ? (value.trials ?? value.runs ?? frameIn(value)) : value
  return Array.isArray(list) && list.every(isFields) ? list : undefined
}

export const parsed = (text: string): unknown => {
  try {
    return parsePythonJson(text)
  } catch {
    return undefined
  }
}
