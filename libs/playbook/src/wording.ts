import type { Language } from "@tanren/insight"
import { isRate } from "./adopting-a-change/variances.ts"

/** A metric's value in words: shares as percentages, anything else with three significant digits. */
export const worded = (value: number, metric: string): string =>
  isRate(metric) ? `${(100 * value).toFixed(2)} %` : significant(value)

const points = { en: "points", ja: "ポイント" } as const
const to = { en: "to", ja: "～" } as const

/** A difference in words: percentage points for shares. */
export const wordedDifference = (value: number, metric: string, language: Language = "en"): string =>
  isRate(metric) ? `${(100 * value).toFixed(2)} ${points[language]}` : significant(value)

/** `-0.05 to 0.42 points`. */
export const wordedInterval = (low: number, high: number, metric: string, language: Language = "en"): string =>
  isRate(metric)
    ? `${(100 * low).toFixed(2)} ${to[language]} ${(100 * high).toFixed(2)} ${points[language]}`
    : `${significant(low)} ${to[language]} ${significant(high)}`

export const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`

function significant(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  const shown = value.toPrecision(3)
  return shown.includes("e") ? String(Number(shown)) : shown
}
