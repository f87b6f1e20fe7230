import { metricsReader } from "@tanren/activities"
import { goalOf, likelyMetric, type Run } from "@tanren/conformance"
import type { StdoutPatterns } from "@tanren/playbook"
import type { Metric } from "@tanren/space"
import { measurementsOf } from "@tanren/trainer"
import type { Observed } from "./compose.ts"
import { printedMetrics } from "./printed-metrics.ts"
import type { Proposal } from "./propose.ts"
import type { Script } from "./read-options.ts"

/** What a run reported; where it reported nothing, what can be read from what it printed, and how. */
export interface Shown {
  readonly curve: Run["curve"]
  readonly fromStdout: StdoutPatterns | undefined
}

export const showing = (run: Run | null): Shown => {
  if (run === null || run.curve.length > 0) return { curve: run?.curve ?? [], fromStdout: undefined }
  const lines = run.exit.lastLines ?? ""
  const patterns = printedMetrics(lines)
  if (Object.keys(patterns).length === 0) return { curve: [], fromStdout: undefined }
  const read = metricsReader(patterns)
  const events = lines.split("\n").flatMap((line) => read(line) ?? [])
  return { curve: measurementsOf([{ resumedFrom: null, events }]), fromStdout: patterns }
}

/** What was shown, filled up with what the script's own text says; undefined where its length is not known. */
export const observe = (
  request: { readonly metric: string | undefined; readonly steps: number | undefined },
  read: Script,
  proposal: Proposal,
  run: Run | null,
  { curve, fromStdout }: Shown,
): Observed | undefined => {
  const written = [{ step: 0, metrics: Object.fromEntries(read.reported.map((name) => [name, 0])) }]
  const metric: Metric =
    request.metric !== undefined
      ? { name: request.metric, goal: goalOf(request.metric) }
      : (likelyMetric(curve) ?? likelyMetric(written) ?? { name: "valid/error", goal: "minimize" })
  const seen = stepsWith(curve, metric)
  const whole = !proposal.shortenable && !read.takesParams && run?.killed === false
  const most = request.steps ?? proposal.steps.most ?? read.steps.most ?? (whole ? seen.at(-1) : undefined)
  if (most === undefined) return undefined
  const gap = seen.length > 1 ? seen[1]! - seen[0]! : 1
  return { metric, most, every: proposal.steps.every ?? read.steps.every ?? gap, fromStdout }
}

export const stepsWith = (curve: Run["curve"], metric: Metric): ReadonlyArray<number> =>
  curve.flatMap(({ step, metrics }) => (metrics[metric.name] === undefined || step === 0 ? [] : [step]))
