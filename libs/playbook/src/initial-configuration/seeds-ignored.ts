import type { Trial } from "@tanren/terms"

/** Metrics that follow from training alone; times and throughputs differ between runs that are otherwise the same. */
const TRAINING_METRICS = ["train/loss", "train/error", "valid/loss", "valid/error", "grad_norm"]

/**
 * Whether runs of one point with different seeds have identical curves: then the program ignores its seed, and its
 * repeats show no noise. Identical means every shared training metric at every step, to the last digit.
 *
 * @param trials repeats of one point; those that did not complete say nothing
 * @returns undefined where fewer than two completed runs with different seeds are there to compare
 */
export function seedsIgnored(trials: ReadonlyArray<Trial>, metric: string): boolean | undefined {
  const runs = trials.filter(({ status, measurements }) => status === "completed" && (measurements ?? []).length > 0)
  const bySeed = new Map(runs.filter((trial) => tells(trial, metric)).map((trial) => [trial.seed, trial]))
  if (bySeed.size < 2) return undefined
  return new Set([...bySeed.values()].map((trial) => curveOf(trial, metric))).size === 1
}

const namesFor = (metric: string): ReadonlyArray<string> => [...new Set([metric, ...TRAINING_METRICS])]

const tells = ({ measurements = [] }: Trial, metric: string): boolean =>
  measurements.some(({ metrics }) => namesFor(metric).some((name) => metrics[name] !== undefined))

function curveOf({ measurements = [] }: Trial, metric: string): string {
  const names = namesFor(metric)
  const text = (value: number | undefined): string | null => (value === undefined ? null : String(value))
  return JSON.stringify(measurements.map(({ step, metrics }) => [step, names.map((name) => text(metrics[name]))]))
}
