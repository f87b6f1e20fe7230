import { formatValue, type Hyperparameters, type Value } from "@tanren/terms"
import type { Time } from "./data.ts"

/** At most four significant digits: more than trial variance ever carries. */
export const formatNumber = (value: number | undefined | null): string => {
  if (value === undefined || value === null) return "–"
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size < 1e-3 || size >= 1e6)
    return minus(
      value
        .toExponential(2)
        .replace(/\.?0+e/, "e")
        .replace("e+", "e"),
    )
  if (Number.isInteger(value)) return minus(grouped(value))
  return minus(String(Number(value.toPrecision(4))))
}

/** Whole numbers with a thin space between thousands, which no language reads as a decimal sign. */
export const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, "\u2009")

const minus = (digits: string): string => digits.replace(/^-/, "−")

/** A hyperparameter's value, or a dash where it has none. */
export const valueText = (value: Value | undefined): string => (value === undefined ? "–" : formatValue(value))

export const formatPoint = (point: Hyperparameters): string =>
  Object.entries(point)
    .map(([name, value]) => `${name} = ${valueText(value)}`)
    .join(", ")

/** UTC, to the minute: a report is read in other time zones than it is written in. */
export const formatTime = (time: Time | undefined): string => {
  if (time === undefined) return "–"
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return String(time)
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`
}

export const formatSpread = (
  mean: number | undefined,
  sd: number | undefined,
  text: (value: number | undefined) => string,
  difference: (value: number | undefined) => string,
): string => (sd === undefined || !Number.isFinite(sd) ? text(mean) : `${text(mean)} ± ${difference(sd)}`)
