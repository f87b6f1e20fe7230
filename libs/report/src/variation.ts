import type { ReportData, TrialReport } from "./data.ts"
import { bestOf, repeatsOf } from "./groups.ts"
import { isComparable, mean } from "./statistics.ts"

/**
 * The playbook's three sources of variation between results, apart, as standard deviations in the metric's unit
 * ("Determining whether to adopt a training pipeline change"). Each is absent where nothing measured it.
 */
export interface Variation {
  readonly trial?: { readonly sd: number; readonly runs: number; readonly baselineOnly: boolean }
  readonly study?: { readonly sd: number; readonly trials: number }
  readonly sampling?: { readonly sd: number; readonly examples: number; readonly rate: number }
}

export const variationOf = (data: ReportData): Variation => ({
  trial: trialVariation(data),
  study: studyVariation(data),
  sampling: samplingError(data),
})

/** Pooled within groups of equal hyperparameters; an exact zero is a program that ignores its seed, not no noise. */
const trialVariation = (data: ReportData): Variation["trial"] => {
  const reruns = data.goals.flatMap(repeatsOf)
  const groups = new Map<string, number[]>()
  for (const trial of [...(data.baseline?.repeats ?? []), ...reruns].filter(isComparable)) {
    const key = pointKey(trial)
    groups.set(key, [...(groups.get(key) ?? []), trial.value])
  }
  let squares = 0
  let degrees = 0
  let runs = 0
  for (const values of groups.values()) {
    const centre = mean(values)
    if (centre === undefined || values.length < 2) continue
    squares += values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
    degrees += values.length - 1
    runs += values.length
  }
  if (degrees > 0 && squares > 0) return { sd: Math.sqrt(squares / degrees), runs, baselineOnly: reruns.length === 0 }
  const { sd, repeats = [] } = data.baseline ?? {}
  return sd !== undefined && sd > 0 ? { sd, runs: repeats.length, baselineOnly: true } : undefined
}

const pointKey = (trial: TrialReport): string =>
  JSON.stringify(Object.entries(trial.hyperparameters).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The inter-quartile range of the best of k trials, from the finding on sampling; as a normal's sd. */
const studyVariation = (data: ReportData): Variation["study"] => {
  const measured = data.goals.flatMap(({ findings }) => findings.filter((one) => one.question === "sampling"))
  const { interquartileRangeOfBest: range, budgetOfRange: trials } = measured.at(-1)?.evidence ?? {}
  return typeof range === "number" && typeof trials === "number" ? { sd: range / 1.349, trials } : undefined
}

/** Binomial: for a metric that is a share of the validation examples. */
const samplingError = (data: ReportData): Variation["sampling"] => {
  const { validationExamples: examples, metric } = data
  const rate = bestOf(metric, data.goals)?.value ?? data.baseline?.mean
  if (examples === undefined || examples <= 0 || rate === undefined) return undefined
  if (rate < 0 || rate > 1 || !/err|acc|rate/i.test(metric.name)) return undefined
  return { sd: Math.sqrt((rate * (1 - rate)) / examples), examples, rate }
}
