import { isComparable, isRate } from "@tanren/terms"
import { fixedPercent, formatNumber, type Language, percentagePoints, withMinus } from "@tanren/words"
import type { ReportData } from "./data.ts"
import { allTrials } from "./groups.ts"

/** Writes a value, or a difference, of the campaign's metric. */
export type MetricText = (value: number | undefined | null) => string

/** An error rate or accuracy that is given as a share of 1 reads better in percent; one given in percent stays. */
export const isShare = (name: string, values: ReadonlyArray<number>): boolean =>
  isRate(name) && values.every((value) => value >= 0 && value <= 1)

export const percentText: MetricText = (value) =>
  value === undefined || value === null || !Number.isFinite(value)
    ? formatNumber(value)
    : withMinus(fixedPercent(value))

/** Whether the metric's values are shares of 1, told in percent. */
export const valuesAreShares = (data: ReportData): boolean => {
  const values = allTrials(data)
    .filter(isComparable)
    .map((trial) => trial.value)
  return isShare(data.metric.name, values)
}

export const metricText = (data: ReportData): MetricText => (valuesAreShares(data) ? percentText : formatNumber)

/** A difference or a spread: percentage points for shares, or 0.2 % would read as a fifth of a hundredth of the value. */
export const differenceText = (data: ReportData, language: Language): MetricText => {
  const shares = valuesAreShares(data)
  return (value) =>
    shares && value !== undefined && value !== null && Number.isFinite(value)
      ? withMinus(percentagePoints(value, language))
      : formatNumber(value)
}
