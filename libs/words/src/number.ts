/** A number in a table or a chart: at most four significant digits, which is more than trial variance ever carries. */
export const formatNumber = (value: number | undefined | null): string => {
  if (value === undefined || value === null) return "–"
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size < 1e-3 || size >= 1e6) {
    const [mantissa = "", power] = value.toExponential(2).split("e")
    return withMinus(`${String(Number(mantissa))}e${Number(power)}`)
  }
  return Number.isInteger(value) ? withMinus(grouped(value)) : withMinus(String(Number(value.toPrecision(4))))
}

/** Whole numbers with a thin space between thousands, which no language reads as a decimal sign. */
export const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, "\u2009")

/** A minus sign, not a hyphen, before a number that is shown by itself. */
export const withMinus = (digits: string): string => digits.replace(/^-/, "−")

/** Three significant digits with their zeros (`0.500`), so that measured values beside each other are equally exact. */
export const threeDigits = (value: number): string => {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  const shown = value.toPrecision(3)
  return shown.includes("e") ? String(Number(shown)) : shown
}

/** Three significant digits without their zeros (`0.5`): a number inside a sentence, compared with none beside it. */
export const shortNumber = (value: number): string => {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const text = value.toPrecision(3)
  return Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4 ? text : String(Number(text))
}
