import { Readable } from "node:stream"
import Papa from "papaparse"
import type { Note } from "../note.ts"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import type { Cell, Column, Table } from "../table.ts"
import { cellOf, interner } from "./cells.ts"
import { decimalCommas, notePoint, type Points } from "./decimal-comma.ts"
import { type Room, tooManyCells } from "./room.ts"
import type { Text } from "./text.ts"

interface Csv {
  readonly table: Table
  readonly notes: ReadonlyArray<Note>
}

/** A row that goes on for longer is not waited for: each further piece is put behind all of it and parsed anew. */
const longestRow = 50_000_000

const delimiters = [",", ";", "\t", "|"] as const

/** CSV as spreadsheets and scripts write it: any of four delimiters, quotes, CRLF, a header in the first row. */
export const readCsv = (file: string, { start, pieces }: Text, room: Room): Outcome<Csv> => {
  const delimiter = delimiterOf(start)
  if (delimiter === undefined)
    return refuse(
      `${file}: has one column only; columns must be separated by a comma, a semicolon, a tab or a bar, and the first row must name them`,
    )
  let header: ReadonlyArray<string> | undefined
  let readers: ReadonlyArray<ColumnReader> = []
  const short: Array<number> = []
  let trouble: string | undefined
  let record = 0
  let cellsLeft = room.cells
  const readRow = (data: ReadonlyArray<string>, broken: string | undefined): void => {
    record++
    if (broken !== undefined) trouble = `row ${record}: ${rowTrouble(broken)}`
    else if (data.every((cell) => cell.trim() === "")) return
    else if (header === undefined) {
      header = namesOf(data)
      trouble = headerTrouble(data, header)
      const shared = interner(unchained)
      readers = header.map((name) => columnReader(isIdName(name) ? idOf : cellOf, shared))
    } else if (data.length > header.length && data.slice(header.length).some((cell) => cell.trim() !== ""))
      trouble = `row ${record}: has ${data.length} cells, the header ${header.length}; a text with a ${nameOf(delimiter)} in it must stand in quotes`
    else if (data.length < header.length) short.push(record)
    else if (cellsLeft >= data.length) {
      cellsLeft -= data.length
      for (let at = 0; at < readers.length; at++) readers[at]?.read(data[at] ?? "")
    } else cellsLeft = -1
  }
  const parsed = eachRow({ delimiter, newline: lineEndOf(start, delimiter) }, pieces, (data, broken) => {
    readRow(data, broken)
    return trouble === undefined && cellsLeft >= 0
  })
  if (!parsed.ok) return parsed
  if (cellsLeft < 0) return tooManyCells(file, room)
  if (trouble !== undefined) return refuse(`${file}: ${trouble}`)
  if (header === undefined) return refuse(`${file}: is empty; give a file of trials`)
  const cells = readers.map((reader) => reader.cells)
  const rows = cells[0]?.length ?? 0
  if (rows === 0 && short.length > 0)
    return refuse(`${file}: every row has fewer cells than the header (row ${short[0]} is the first); is it cut off?`)
  if (rows === 0) return refuse(`${file}: has a header and no trials below it`)
  const mixed = header.find((_, at) => readers[at]?.mixesPercentages())
  if (mixed !== undefined)
    return refuse(
      `${file}: column ${mixed}: some cells are percentages (93.1%), others plain numbers above 1; write one of the two throughout`,
    )
  const named = readers.map(({ cells, points }, at) => ({ name: header?.[at] ?? "", cells, points }))
  const commas = decimalCommas(file, named, delimiter === ",")
  if (!commas.ok) return commas
  const columns = header.map((name, at): Column => ({ name, cells: cells[at] ?? [] }))
  const notes: Array<Note> = []
  if (short.length > 0) notes.push({ note: "short-rows", file, count: short.length, first: short[0] ?? 0 })
  if (commas.value) notes.push({ note: "decimal-comma", file })
  return accept({ table: { rows, columns }, notes })
}

/** Run ids may look like numbers (`00123`, `1e5`), and must not become them. */
const isIdName = (name: string): boolean => /^(id|name|(trial|run)([ _.]?(id|name))?)$/i.test(name)

const idOf = (text: string): Cell => text.trim() || undefined

/** Papa Parse's texts are views of the piece that they were cut from, and would keep all of it. */
const unchained = (text: string): string => Buffer.from(text).toString()

interface ColumnReader {
  readonly cells: Array<Cell>
  readonly read: (text: string) => void
  /** `93.1%` is 0.931: beside a plain 93.1 one of the two is wrong. */
  readonly mixesPercentages: () => boolean
  readonly points: Points
}

/** The rows of a trial repeat its hyperparameters, which are read once. */
const columnReader = (cellOf: (text: string) => Cell, shared: (cell: Cell) => Cell): ColumnReader => {
  const cells: Array<Cell> = []
  let before: string | undefined
  let cell: Cell
  let percentages = false
  let above = false
  const points: Points = { decimal: false }
  return {
    cells,
    points,
    mixesPercentages: () => percentages && above,
    read: (text) => {
      if (text !== before) {
        cell = shared(cellOf(text))
        before = text
        if (typeof cell === "number") {
          if (text.includes("%")) percentages = true
          else if (cell > 1) above = true
          notePoint(points, text)
        }
      }
      cells.push(cell)
    },
  }
}

/** Not made where rows are read: Node holds it until the next tick, and with it the scope of its `read`. */
const told = (): Readable => new Readable({ read: () => undefined })

/**
 * Papa Parse's rows, whose texts may have line breaks and lie on both sides of a border; `row` tells whether to go on.
 * Papa Parse listens to a stream, which is told of each piece here and reads nothing by itself.
 */
const eachRow = (
  layout: { readonly delimiter: string; readonly newline: LineEnd },
  pieces: Text["pieces"],
  row: (data: ReadonlyArray<string>, broken: string | undefined) => boolean,
): Outcome<undefined> => {
  const source = told()
  let goesOn = true
  let unbroken = 0
  Papa.parse<Array<string>>(source, {
    ...layout,
    step: ({ data, errors }, parser) => {
      unbroken = 0
      goesOn = row(data, errors.find(({ type }) => type === "Quotes")?.code)
      if (!goesOn) parser.abort()
    },
    complete: () => undefined,
    error: (error) => {
      throw error
    },
  })
  try {
    for (const piece of pieces) {
      if (!piece.ok) return piece
      unbroken += piece.value.length
      source.emit("data", piece.value)
      if (unbroken > longestRow) goesOn = row([], "EndlessRow")
      if (!goesOn) break
    }
    if (goesOn) source.emit("end")
    return accept(undefined)
  } finally {
    source.destroy()
  }
}

/** pandas leaves the name of its index empty. */
const namesOf = (cells: ReadonlyArray<string>): ReadonlyArray<string> =>
  cells.map((cell, at) => cell.trim() || (at === 0 ? "index" : `column ${at + 1}`))

const headerTrouble = (cells: ReadonlyArray<string>, names: ReadonlyArray<string>): string | undefined => {
  const numbers = cells.filter((cell) => typeof cellOf(cell) === "number")
  if (numbers.length * 2 >= cells.length)
    return `the first row holds numbers (${listed(numbers, 3)}) where the columns' names should stand; add a header`
  const unnamed = cells.filter((cell) => cell.trim() === "").length
  if (cells.length > 2 && unnamed * 2 > cells.length)
    return `the first row names ${cells.length - unnamed} of ${cells.length} columns (${listed(
      cells.filter((cell) => cell.trim() !== ""),
      3,
    )}): is it a title? The names of the columns must stand in the first row`
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  if (twice.length === 0) return undefined
  return twice.length > 1 && new Set(twice).size < twice.length
    ? `${twice.length + new Set(twice).size} columns share the names ${listed([...new Set(twice)])}: are there two rows of names (pandas with multi_index=True)? Write one`
    : `two columns are called ${listed([...new Set(twice)])}; rename one`
}

const rowTrouble = (code: string): string => {
  if (code === "EndlessRow") return `has more than ${longestRow / 1e6} million characters; is a quote never closed?`
  return code === "MissingQuotes"
    ? "a quote is opened and never closed"
    : "a quote stands in the middle of a quoted text"
}

type LineEnd = "\r\n" | "\r" | "\n"

/** As Papa Parse guesses it from the start, however short the first piece is. */
const lineEndOf = (start: string, delimiter: string): LineEnd => {
  const { linebreak } = Papa.parse(start, { delimiter, preview: 1 }).meta
  return linebreak === "\r\n" || linebreak === "\r" ? linebreak : "\n"
}

const nameOf = (delimiter: string): string =>
  ({ ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" })[delimiter] ?? delimiter

/** The delimiter under which the first rows have equally many cells, at least two; the one with most cells. */
const delimiterOf = (start: string): string | undefined => {
  const scored = delimiters.map((delimiter) => {
    const { data } = Papa.parse<Array<string>>(start.slice(0, 200_000), {
      delimiter,
      preview: 40,
      skipEmptyLines: true,
    })
    const columns = data[0]?.length ?? 0
    const alike = data.filter((row) => row.length === columns).length / Math.max(1, data.length)
    return { delimiter, columns, score: columns < 2 ? 0 : alike * (1 + Math.log(columns)) }
  })
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)[0]?.delimiter
}
