import { formatValue, type Hyperparameters, type Value } from "@tanren/terms"
import type { Time } from "./data.ts"

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
