import type { Cell, Column } from "../table.ts"
import type { Roles } from "./roles.ts"

/** Fewer distinct texts may be choices: `128 px`, `256 px`. */
const mostChoices = 12

const grouped = /^[+-]?\d{1,3}([.,'’ \u00a0\u202f]\d{3})+([.,]\d+)?$/
const decimalComma = /^[+-]?\d+,\d+(e[+-]?\d+)?$/i
const power = /^([+-]?\d+([.,]\d+)?\s*[×x*·]\s*)?10\s*(\^|\*\*)\s*[({]?\s*[-−–+]?\s*\d+([.,]\d+)?\s*[)}]?$/i
const withUnit = /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?\s*([^\d\s.,:;/_-]{1,4})$/i

/**
 * A hyperparameter whose numbers are written as a person reads them (`1'024`, `1.0×10^-5`, `12.5 ms`): as text it would
 * be a choice of many values, or be left out.
 */
export const writtenNumbers = (
  table: ReadonlyArray<Column>,
  { hyperparameters, leftOut }: Pick<Roles, "hyperparameters" | "leftOut">,
): { readonly name: string; readonly example: string } | undefined => {
  const texts = table.filter(({ name }) => leftOut.some((one) => one.name === name && one.why === "text"))
  for (const { name, cells } of [...hyperparameters, ...texts]) {
    const example = numberText(cells)
    if (example !== undefined) return { name, example }
  }
  return undefined
}

/** A text that is a number in other words, where most cells are such. */
const numberText = (cells: ReadonlyArray<Cell>): string | undefined => {
  const distinct = [...new Set(cells.filter((cell) => typeof cell === "string"))]
  if (distinct.length <= mostChoices) return undefined
  const units = new Set(distinct.map((text) => withUnit.exec(text.trim())?.[1]))
  const written = distinct.filter(
    (text) =>
      [grouped, decimalComma, power].some((pattern) => pattern.test(text.trim())) ||
      (units.size === 1 && withUnit.test(text.trim())),
  )
  return written.length * 10 >= distinct.length * 9 ? written[0] : undefined
}
