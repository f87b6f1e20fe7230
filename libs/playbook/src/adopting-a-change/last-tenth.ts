import { mean } from "@tanren/statistics"
import type { Measurement, Metric } from "@tanren/terms"

/** Our judgement: how much of a training is its end. What is averaged over it is no choice of a lucky step. */
const END = 0.1

/**
 * The mean of the metric over the last tenth of a run's steps, its last evaluation included. The value at the best step
 * is the best of many evaluations: a curve that jumps more, or is read more often, has the better best one without being
 * better.
 *
 * @returns undefined where the metric was never measured
 */
export const lastTenth = (
  measurements: ReadonlyArray<Measurement>,
  { name }: Pick<Metric, "name">,
): number | undefined => {
  const measured = measurements.flatMap(({ step, metrics }) => {
    const value = metrics[name]
    return value === undefined || !Number.isFinite(value) ? [] : [{ step, value }]
  })
  const last = measured.reduce((most, { step }) => Math.max(most, step), Number.NEGATIVE_INFINITY)
  const end = measured.filter(({ step }) => step === last || step > (1 - END) * last)
  return end.length === 0 ? undefined : mean(end.map(({ value }) => value))
}
