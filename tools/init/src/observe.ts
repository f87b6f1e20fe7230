import { metricsReader } from "@tanren/activities"
import { likelyMetric, type NamedMetric, namedMetric } from "@tanren/conformance"
import { measurementsOf } from "@tanren/contract"
import type { StdoutPatterns } from "@tanren/playbook"
import type { Measurement, Metric } from "@tanren/terms"
import type { Observed } from "./compose.ts"
import type { Look } from "./look.ts"
import { printedMetrics } from "./printed-metrics.ts"
import type { Proposal } from "./propose.ts"
import type { Script } from "./read-options.ts"

/** What a run reported; where it reported nothing, what can be read from what it printed, and how. */
export interface Shown {
  readonly curve: ReadonlyArray<Measurement>
  readonly fromStdout: StdoutPatterns | undefined
  /** Names that could have been read, had they not been written on standard error. */
  readonly onError: ReadonlyArray<string>
}

export const showing = ({ curve, printed, lastLines }: Pick<Look, "curve" | "printed" | "lastLines">): Shown => {
  if (curve.length > 0) return { curve, fromStdout: undefined, onError: [] }
  const patterns = printedMetrics(printed)
  if (Object.keys(patterns).length === 0) {
    const onError = Object.keys(printedMetrics(lastLines.split("\n"))).filter((name) => name !== "step")
    return { curve: [], fromStdout: undefined, onError }
  }
  const read = metricsReader(patterns)
  const events = printed.flatMap((line) => read(line) ?? [])
  return { curve: measurementsOf([{ resumedFrom: null, events }]), fromStdout: patterns, onError: [] }
}

/** Of training data, or of no data at all: nothing that could choose between models. */
const NO_GOAL =
  /(^|[\W_])(train(ing)?|lr|learning_rate|grad(ient)?(_norm)?|time|seconds|epoch|step|memory|throughput)([\W_]|$)/i

/** The metric to optimise, whose name may leave its direction open, or the names of those that were shown, where none of them measures validation data. */
export const metricOf = (
  wanted: string | undefined,
  read: Pick<Script, "reported">,
  { curve }: Pick<Shown, "curve">,
): NamedMetric | { readonly only: ReadonlyArray<string> } => {
  if (wanted !== undefined) return namedMetric(wanted)
  const shown = [...new Set(curve.flatMap(({ metrics }) => Object.keys(metrics)))]
  const names = shown.length > 0 ? shown : read.reported
  if (names.length === 0) return { name: "valid/error", goal: "minimize" }
  const fit = names.filter((name) => !NO_GOAL.test(name))
  return likelyMetric([{ step: 0, metrics: Object.fromEntries(fit.map((name) => [name, 0])) }]) ?? { only: names }
}

/** What was shown, filled up with what the script's own text says; undefined where its length is not known. */
export const observe = (
  steps: number | undefined,
  read: Script,
  proposal: Proposal,
  { killed }: Pick<Look, "killed">,
  { curve, fromStdout }: Shown,
  metric: Metric,
): Observed | undefined => {
  const seen = stepsWith(curve, metric)
  const whole = !proposal.shortenable && !read.takesLength && !killed
  const most = steps ?? proposal.steps.most ?? read.steps.most ?? (whole ? seen.at(-1) : undefined)
  if (most === undefined) return undefined
  const gap = seen.length > 1 ? seen[1]! - seen[0]! : 1
  return { metric, most, every: proposal.steps.every ?? read.steps.every ?? gap, fromStdout }
}

export const stepsWith = (curve: ReadonlyArray<Measurement>, metric: Metric): ReadonlyArray<number> =>
  curve.flatMap(({ step, metrics }) => (metrics[metric.name] === undefined || step === 0 ? [] : [step]))
