import Papa from "papaparse"
import type { Note } from "../note.ts"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import type { Cell, Column, Table } from "../table.ts"
import { cellOf, interner } from "./cells.ts"
import { decimalCommas } from "./decimal-comma.ts"

interface Csv {
  readonly table: Table
  readonly notes: ReadonlyArray<Note>
}

/** Characters parsed at a time: Papa Parse keeps the rows of a chunk until its end. */
const chunkSize = 4_000_000

const delimiters = [",", ";", "\t", "|"] as const

/** CSV as spreadsheets and scripts write it: any of four delimiters, quotes, CRLF, a header in the first row. */
export const readCsv = (file: string, text: string): Outcome<Csv> => {
  const delimiter = delimiterOf(text)
  if (delimiter === undefined)
    return refuse(
      `${file}: has one column only; columns must be separated by a comma, a semicolon, a tab or a bar, and the first row must name them`,
    )
  let header: ReadonlyArray<string> | undefined
  let cells: Array<Array<Cell>> = []
  let asText: ReadonlyArray<boolean> = []
  const short: Array<number> = []
  const shared = interner()
  let trouble: string | undefined
  let record = 0
  Papa.parse<Array<string>>(text, {
    delimiter,
    chunkSize,
    step: ({ data, errors }, parser) => {
      record++
      const quotes = errors.find(({ type }) => type === "Quotes")
      if (quotes !== undefined) trouble = `row ${record}: ${quoteTrouble(quotes.code)}`
      else if (data.length === 1 && data[0]?.trim() === "") return
      else if (header === undefined) {
        header = namesOf(data)
        trouble = headerTrouble(data, header)
        cells = header.map(() => [])
        asText = header.map((name) => isIdName(name))
      } else if (data.length > header.length && data.slice(header.length).some((cell) => cell.trim() !== ""))
        trouble = `row ${record}: has ${data.length} cells, the header ${header.length}; a text with a ${nameOf(delimiter)} in it must stand in quotes`
      else if (data.length < header.length) short.push(record)
      else
        for (let at = 0; at < cells.length; at++) {
          const cell = data[at] ?? ""
          cells[at]?.push(shared(asText[at] ? cell.trim() || undefined : cellOf(cell)))
        }
      if (trouble !== undefined) parser.abort()
    },
  })
  if (trouble !== undefined) return refuse(`${file}: ${trouble}`)
  if (header === undefined) return refuse(`${file}: is empty; give a file of trials`)
  const rows = cells[0]?.length ?? 0
  if (rows === 0 && short.length > 0)
    return refuse(`${file}: every row has fewer cells than the header (row ${short[0]} is the first); is it cut off?`)
  if (rows === 0) return refuse(`${file}: has a header and no trials below it`)
  const commas = decimalCommas(file, cells)
  if (!commas.ok) return commas
  const columns = header.map((name, at): Column => ({ name, cells: cells[at] ?? [] }))
  const notes: Array<Note> = []
  if (short.length > 0) notes.push({ note: "short-rows", file, count: short.length, first: short[0] ?? 0 })
  if (commas.value) notes.push({ note: "decimal-comma", file })
  return accept({ table: { rows, columns }, notes })
}

/** Run ids may look like numbers (`00123`, `1e5`), and must not become them. */
const isIdName = (name: string): boolean => /^(id|name|(trial|run)([ _.]?(id|name))?)$/i.test(name)

/** pandas leaves the name of its index empty. */
const namesOf = (cells: ReadonlyArray<string>): ReadonlyArray<string> =>
  cells.map((cell, at) => cell.trim() || (at === 0 ? "index" : `column ${at + 1}`))

const headerTrouble = (cells: ReadonlyArray<string>, names: ReadonlyArray<string>): string | undefined => {
  const numbers = cells.filter((cell) => typeof cellOf(cell) === "number")
  if (numbers.length * 2 >= cells.length)
    return `the first row holds numbers (${listed(numbers, 3)}) where the columns' names should stand; add a header`
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  return twice.length === 0 ? undefined : `two columns are called ${listed([...new Set(twice)])}; rename one`
}

const quoteTrouble = (code: string): string =>
  code === "MissingQuotes" ? "a quote is opened and never closed" : "a quote stands in the middle of a quoted text"

const nameOf = (delimiter: string): string =>
  ({ ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" })[delimiter] ?? delimiter

/** The delimiter under which the first rows have equally many cells, at least two; the one with most cells. */
const delimiterOf = (text: string): string | undefined => {
  const scored = delimiters.map((delimiter) => {
    const { data } = Papa.parse<Array<string>>(text.slice(0, 200_000), { delimiter, preview: 40, skipEmptyLines: true })
    const columns = data[0]?.length ?? 0
    const alike = data.filter((row) => row.length === columns).length / Math.max(1, data.length)
    return { delimiter, columns, score: columns < 2 ? 0 : alike * (1 + Math.log(columns)) }
  })
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)[0]?.delimiter
}
