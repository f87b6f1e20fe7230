import type { Metric } from "./hyperparameter.ts"
import { isRate } from "./metric-name.ts"

/** How a metric is told: a share of 1 and percent as percentages, their differences as points; anything else plainly. */
export type MetricUnit = "share" | "percent" | "plain"

/**
 * What a metric's values are counted in: its name says that it is a rate, its values whether of 1 or in percent.
 *
 * @param values all that are told beside each other: 0.93 alone could be either
 */
export const metricUnit = (name: string, values: ReadonlyArray<number>): MetricUnit => {
  if (!isRate(name)) return "plain"
  if (values.every((value) => value >= 0 && value <= 1)) return "share"
  return values.every((value) => value >= 0 && value <= 100) ? "percent" : "plain"
}

/**
 * The metric with the unit that its values have; sentences tell percent that was mistaken for shares a hundredfold. What
 * guessing would score counts as a value: errors of 0.8 and 0.9 may be either, where chance is 90 they are percent.
 */
export const withUnit = (metric: Metric, values: ReadonlyArray<number>): Metric => ({
  ...metric,
  unit: metricUnit(metric.name, metric.chance === undefined ? values : [...values, metric.chance]),
})

/**
 * Our judgement: how far from a whole number of examples a value may lie. Single precision misses it by 0.06 at a million
 * examples, four decimals by 0.05 at a thousand; of values that count no examples ten pass in one case of ten million.
 */
const WHOLE = 0.1

/** The smallest step of a rate in its own unit: one of so many examples. */
const oneExample = (unit: MetricUnit, examples: number): number => (unit === "percent" ? 100 : 1) / examples

/**
 * One example's weight in a share of `examples`, in the metric's own unit; undefined where the values are no such share:
 * their name says so, their size, or that they are no whole numbers of examples.
 */
export const resolutionOf = (
  metric: Pick<Metric, "name" | "unit">,
  values: ReadonlyArray<number>,
  examples: number | undefined,
): number | undefined => {
  const unit = metric.unit ?? metricUnit(metric.name, values)
  if (examples === undefined || !(examples > 0) || unit === "plain") return undefined
  const one = oneExample(unit, examples)
  const whole = values.every((value) => Math.abs(value / one - Math.round(value / one)) <= WHOLE)
  return whole ? one : undefined
}
