import type { Cell } from "../table.ts"

/** A digit, a sign or a point. (Code units rather than a pattern: files have millions of cells.) */
const couldBeNumber = (text: string): boolean => {
  const first = text.charCodeAt(0)
  return (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46
}

const isOtherNotation = (text: string): boolean => /^[+-]?0[xob]|^\d{16,}$/i.test(text)

/**
 * A text cell as the value it spells; undefined when empty. Numbers too long for a double, and those that overflow
 * (run ids such as `3e123456`), stay texts.
 */
export const cellOf = (text: string): Cell => {
  const trimmed = text.trim()
  if (trimmed === "") return undefined
  if (couldBeNumber(trimmed) && trimmed.length < 32) {
    const number = Number(trimmed)
    // A fraction is written in one way only; a whole number may be an id, or not decimal.
    const isPlain = !Number.isInteger(number) || trimmed.length < 3 || !isOtherNotation(trimmed)
    return Number.isFinite(number) && isPlain ? number : (percentage(trimmed) ?? trimmed)
  }
  return booleans.get(trimmed) ?? trimmed
}

/** `93.1%` is 0.931, whether or not its neighbours are written so. */
const percentage = (text: string): number | undefined => {
  if (!text.endsWith("%")) return undefined
  const number = Number(text.slice(0, -1).trim() || Number.NaN)
  return Number.isFinite(number) ? Number((number / 100).toPrecision(15)) : undefined
}

const booleans = new Map<string, boolean>([
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
  ["FALSE", false],
])

/**
 * Equal texts share one string: a column of a million optimizers' names holds two.
 *
 * @param kept the string to hold for a text that is new
 */
export const interner = (kept = (text: string): string => text): ((cell: Cell) => Cell) => {
  const known = new Map<string, string>()
  return (cell) => {
    if (typeof cell !== "string") return cell
    const same = known.get(cell)
    if (same !== undefined) return same
    const own = kept(cell)
    if (known.size < 50_000) known.set(own, own)
    return own
  }
}

const spelledOut = new Map<string, number>(
  ["nan", "inf", "infinity"].flatMap((word) => {
    const value = word === "nan" ? Number.NaN : Number.POSITIVE_INFINITY
    return [
      [word, value],
      [`+${word}`, value],
      [`-${word}`, -value],
    ] as const
  }),
)

/** A measured number: `NaN`, `inf` and their like are numbers here. Undefined where the cell spells none. */
export const measured = (cell: Cell): number | undefined => {
  if (typeof cell === "number") return unbounded(cell)
  if (typeof cell !== "string") return undefined
  const number = numberIn(cell) ?? spelledOut.get(cell.toLowerCase())
  return number === undefined ? undefined : unbounded(number)
}

/** MLflow's database knows no infinity and holds the largest double instead, which pandas rounds to ten digits. */
export const unbounded = (value: number): number =>
  Math.abs(value) < 1.79769313e308 ? value : Math.sign(value) * Number.POSITIVE_INFINITY

/** JSON may hold numbers as texts. */
export const numberIn = (text: string): number | undefined => {
  const cell = cellOf(text)
  return typeof cell === "number" ? cell : undefined
}

/** Words for a missing value, in columns that otherwise hold numbers. */
export const isMissingWord = (cell: Cell): boolean =>
  typeof cell === "string" && /^(none|null|nan|n\/?a|nil|-|--|undefined|<na>)$/i.test(cell)

/** A metric's cell that says in words how the trial ended. */
export const infeasibleWord = (cell: Cell): boolean =>
  typeof cell === "string" && /^(diverged?|oom|out[ _-]of[ _-]memory|infeasible|overflow|exploded)$/i.test(cell)
