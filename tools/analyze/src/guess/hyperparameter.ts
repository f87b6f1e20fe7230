import { type Hyperparameter, meaningOf, type Value } from "@tanren/terms"
import { cellOf, isMissingWord, measured } from "../read/cells.ts"
import { type Cell, type Column, countsOf } from "../table.ts"
import { guessRange } from "./range.ts"
import { guessScale } from "./scale.ts"

/** More texts than this among numbers are mistakes, not choices. */
const mostMixed = 10

export interface CleanColumn {
  readonly name: string
  readonly values: ReadonlyArray<Value | undefined>
  readonly numeric: boolean
  /** Rows whose cell is no value of this hyperparameter, and one such cell. */
  readonly bad: ReadonlyArray<number>
  readonly example?: Cell
}

/** A column's cells as values: numbers with a few stray texts are numbers, and the strays are told; few texts and
 * numbers together (`0.5`, `sqrt`) are choices. */
export const cleaned = ({ name, cells: given }: Column): CleanColumn => {
  if (given.every((cell) => typeof cell === "number")) return { name, values: given, numeric: true, bad: [] }
  const cells = given.map((cell) => (typeof cell === "string" ? (cellOf(cell) ?? cell) : cell))
  const counts = countsOf(cells)
  let numbers = 0
  let texts = 0
  for (const [cell, count] of counts) {
    if (typeof cell === "number") numbers += count
    else if (!isMissingWord(cell) && measured(cell) === undefined) texts += count
  }
  const asNumbers = numbers > 0 && (texts === 0 || (counts.size > mostMixed && numbers > texts))
  if (!asNumbers) return { name, values: cells, numeric: false, bad: [] }
  const bad: Array<number> = []
  const values = cells.map((cell, row) => {
    if (typeof cell === "number") return cell
    if (cell !== undefined && !isMissingWord(cell)) bad.push(row)
    return undefined
  })
  const first = bad[0]
  return { name, values, numeric: true, bad, ...(first === undefined ? {} : { example: cells[first] }) }
}

/** What a column was probably declared as; a column with one value is held still. `values` of the trials only. */
export const guessHyperparameter = (
  name: string,
  given: ReadonlyArray<Value | undefined>,
): Hyperparameter | undefined => {
  const present = given.filter((value) => value !== undefined)
  const distinct = [...new Set(present)]
  if (distinct.length < 2) return undefined
  const numbers = distinct.filter((value) => typeof value === "number")
  if (numbers.length < distinct.length) {
    if (distinct.every((value) => typeof value === "boolean")) return { name, type: "boolean" }
    return { name, type: "categorical", values: distinct.sort((a, b) => (String(a) < String(b) ? -1 : 1)) }
  }
  const sorted = [...numbers].sort((a, b) => a - b)
  const meaning = meaningOf({ name, type: "float", low: 0, high: 1 })
  // Two values, or a zero below a row of powers, are points rather than a range.
  if (sorted.length === 2 || isZeroAndPowers(sorted)) return { name, type: "discrete", values: sorted }
  const scale = guessScale(sorted, meaning)
  const { low, high } = guessRange(numbers, present.length, scale)
  const isWhole = sorted.every(Number.isInteger)
  if (!isWhole) return { name, type: "float", low, high, scale }
  return { name, type: "int", low: Math.ceil(low), high: Math.floor(high), scale }
}

const isZeroAndPowers = (sorted: ReadonlyArray<number>): boolean => {
  const [zero, least = 0] = sorted
  return zero === 0 && sorted.length <= 12 && (sorted.at(-1) ?? 0) / least >= 50
}
