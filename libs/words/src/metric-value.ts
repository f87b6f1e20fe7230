import { isRate } from "@tanren/terms"
import type { Language, Text } from "./language.ts"
import { threeDigits } from "./number.ts"
import { fixedPercent, percentagePoints, points } from "./percent.ts"

/** A metric's value inside a sentence: shares as percentages, anything else with three significant digits. */
export const metricValue = (value: number, metric: string): string =>
  isRate(metric) ? fixedPercent(value) : threeDigits(value)

/** A difference inside a sentence: percentage points for shares. */
export const metricDifference = (value: number, metric: string, language: Language): string =>
  isRate(metric) ? percentagePoints(value, language) : threeDigits(value)

/** `-0.05 to 0.42 points`. */
export const metricInterval = (low: number, high: number, metric: string, language: Language): string =>
  isRate(metric)
    ? `${(100 * low).toFixed(2)} ${to[language]} ${(100 * high).toFixed(2)} ${points[language]}`
    : `${threeDigits(low)} ${to[language]} ${threeDigits(high)}`

const to: Text = { en: "to", ja: "～" }
