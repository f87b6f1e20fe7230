import { isRate, type Metric } from "@tanren/terms"
import type { Language, Text } from "./language.ts"
import { threeDigits } from "./number.ts"
import { fixedPercent, percentagePoints, points } from "./percent.ts"

/** A metric by its name alone, or with the unit that its values have. */
type Told = string | Pick<Metric, "name" | "unit">

const unitOf = (metric: Told): NonNullable<Metric["unit"]> => {
  if (typeof metric !== "string" && metric.unit !== undefined) return metric.unit
  return isRate(typeof metric === "string" ? metric : metric.name) ? "share" : "plain"
}

/**
 * A metric's value inside a sentence: shares as percentages, anything else with three significant digits. A rate above 1
 * is in percent already, or no share at all: it is shown as it is.
 */
export const metricValue = (value: number, metric: Told): string => {
  const unit = unitOf(metric)
  if (unit === "plain") return threeDigits(value)
  return unit === "percent" || value > 1 ? value.toFixed(2) : fixedPercent(value)
}

/** A difference inside a sentence: percentage points for shares. */
export const metricDifference = (value: number, metric: Told, language: Language): string => {
  const unit = unitOf(metric)
  return unit === "plain" ? threeDigits(value) : percentagePoints(unit === "percent" ? value / 100 : value, language)
}

/** `-0.05 to 0.42 points`. */
export const metricInterval = (low: number, high: number, metric: Told, language: Language): string => {
  const unit = unitOf(metric)
  if (unit === "plain") return `${threeDigits(low)} ${to[language]} ${threeDigits(high)}`
  const one = unit === "percent" ? 1 : 100
  return `${(one * low).toFixed(2)} ${to[language]} ${(one * high).toFixed(2)} ${points[language]}`
}

const to: Text = { en: "to", ja: "～" }
