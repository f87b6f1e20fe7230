import { type Cause, causeOf, type Measurement, type Metric } from "@tanren/terms"
import type { Duty } from "../event/duties.ts"
import type { TrainerEvent } from "../event/event.ts"
import { outOfMemory } from "./out-of-memory.ts"

/** One run of the program: a trial has more than one when its worker was lost or it crashed. */
export interface Attempt {
  /** The step of the checkpoint that it was told to resume from; null when it began anew. */
  readonly resumedFrom: number | null
  readonly events: ReadonlyArray<TrainerEvent>
}

/** How the last attempt's process ended, as its worker saw it. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
  /** The worker stopped it: a limit was passed, or somebody asked for it (cancel, shutdown). */
  readonly stopped?: { readonly why: "wall" | "silence" | "memory" | "disk" | "asked"; readonly detail: string }
  /** The last lines of its output, for a reader who asks why it crashed. */
  readonly lastLines?: string
  /** What was known of its memory at the end; absent where it was not weighed. MiB. */
  readonly memory?: {
    /** The kernel's OOM killer struck in the program's control group around its end. */
    readonly oomKilled: boolean
    readonly usedMb?: number
    readonly limitMb?: number
  }
}

export interface Outcome {
  /** `interrupted`: stopped because somebody asked; it goes on from its last checkpoint or is cancelled. */
  readonly status: "completed" | "infeasible" | "crashed" | "interrupted"
  /** The metric at the retrospectively best step; absent unless completed. */
  readonly value?: number
  readonly bestStep?: number
  readonly reason?: string
  /** Of an infeasible trial. */
  readonly cause?: Cause
  /** Whether starting it once more may end otherwise. */
  readonly again: boolean
}

/** Whether the program declared this duty when it was started for this attempt. */
export const honours = ({ events }: Attempt, duty: Duty): boolean =>
  events.find((event) => event.type === "started")?.honours.includes(duty) === true

/**
 * The step that an attempt went on from: what the program says of itself counts before what it was told. One that
 * starts without declaring `resume`, and does not say that it resumed, began anew.
 */
export const wentOnFrom = (attempt: Attempt): number | null => {
  const started = attempt.events.find((event) => event.type === "started")
  if (started?.resumedFrom !== undefined) return started.resumedFrom
  return started !== undefined && !honours(attempt, "resume") ? null : attempt.resumedFrom
}

/**
 * The one curve of a trial: an attempt resumed from step s replaces whatever was measured after s before, since those
 * steps were taken again. Several lines for one step are one measurement; the last value of a name counts. Wall-clock
 * facts (`time/…`) are left out: two equal runs have equal curves.
 */
export const measurementsOf = (attempts: ReadonlyArray<Attempt>): ReadonlyArray<Measurement> => {
  let curve = new Map<number, Record<string, number>>()
  for (const attempt of attempts) {
    const from = wentOnFrom(attempt)
    curve = new Map([...curve].filter(([step]) => from !== null && step <= from))
    for (const event of attempt.events) {
      if (event.type !== "metrics") continue
      const measured = Object.entries(event.metrics).filter(([name]) => !name.startsWith("time/"))
      if (measured.length > 0) curve.set(event.step, { ...curve.get(event.step), ...Object.fromEntries(measured) })
    }
  }
  return [...curve].sort(([a], [b]) => a - b).map(([step, metrics]) => ({ step, metrics }))
}

/**
 * The best measurement over finite values, the earliest of equals; `steps` narrows it to those with a checkpoint.
 * Playbook, "Saving checkpoints and retrospectively selecting the best checkpoint".
 */
export const bestMeasurement = (
  measurements: ReadonlyArray<Measurement>,
  metric: Metric,
  steps?: ReadonlySet<number>,
): { readonly step: number; readonly value: number } | undefined => {
  let best: { step: number; value: number } | undefined
  for (const { step, metrics } of measurements) {
    const value = metrics[metric.name]
    if (value === undefined || !Number.isFinite(value) || (steps !== undefined && !steps.has(step))) continue
    const better = best === undefined || (metric.goal === "minimize" ? value < best.value : value > best.value)
    if (better) best = { step, value }
  }
  return best
}

/** The first step at which the metric or the training loss was not finite, and what it was. */
export const divergence = (
  measurements: ReadonlyArray<Measurement>,
  metric: Metric,
): { readonly step: number; readonly name: string; readonly value: number } | undefined => {
  for (const { step, metrics } of measurements) {
    for (const name of ["train/loss", metric.name]) {
      const value = metrics[name]
      if (value !== undefined && !Number.isFinite(value)) return { step, name, value }
    }
  }
  return undefined
}

const stopOf = (stopped: NonNullable<Exit["stopped"]>): Outcome => {
  const reason = stopped.detail
  switch (stopped.why) {
    // A memory limit is a property of the point (a wider model, a larger batch), not trouble.
    case "memory":
      return { status: "infeasible", reason, cause: "memory", again: false }
    case "asked":
      return { status: "interrupted", reason, again: true }
    case "silence":
      return { status: "crashed", reason, again: true }
    default:
      return { status: "crashed", reason, again: false }
  }
}

const crashOf = (exit: Exit): Outcome => {
  const memory = outOfMemory(exit)
  // As a memory limit: the point needs more than there is.
  if (memory !== undefined) return { status: "infeasible", reason: memory, cause: "memory", again: false }
  const how =
    exit.signal === "SIGKILL"
      ? "killed by SIGKILL, which is how a system that runs out of memory ends a program"
      : exit.signal !== null
        ? `killed by ${exit.signal}`
        : `exited with code ${exit.code}`
  const said = exit.lastLines?.trim()
  return { status: "crashed", reason: said ? `${how}: ${said}` : how, again: true }
}

const withoutMetric = (measurements: ReadonlyArray<Measurement>, metric: Metric): Outcome => {
  const names = [...new Set(measurements.flatMap(({ metrics }) => Object.keys(metrics)))].sort()
  const instead = names.length === 0 ? "it reported nothing at all" : `it reported ${names.join(", ")}`
  return { status: "crashed", reason: `ended without ever reporting ${metric.name}: ${instead}`, again: false }
}

/**
 * A program that leaves on SIGTERM and exits with 0 all the same (the machine shuts down, a person stops it): who
 * declares `sigterm` says `finished` when the steps are done, so that half a curve is not taken for a whole one.
 */
const leftEarly = (last: Attempt | undefined, reached: number, maxTrainSteps: number): Outcome | undefined => {
  if (last === undefined || !honours(last, "sigterm") || reached >= maxTrainSteps) return undefined
  const reason =
    `exited with 0 at step ${reached} of ${maxTrainSteps} without saying finished, as if stopped by SIGTERM: ` +
    "say finished at the end of training, and exit with another code than 0 when stopped"
  return { status: "interrupted", reason, again: true }
}

/**
 * What a trial came to, from all its attempts and the end of the last. Pure: the same log gives the same outcome
 * whenever it is read again. `maxTrainSteps`: what the trial file asked for; 0: however few steps are enough.
 */
export const outcomeOf = (attempts: ReadonlyArray<Attempt>, exit: Exit, metric: Metric, maxTrainSteps = 0): Outcome => {
  const measurements = measurementsOf(attempts)
  const said = attempts.at(-1)?.events.find((event) => event.type === "infeasible")
  if (said !== undefined) {
    const reason =
      said.step === undefined || /\bstep\b/.test(said.reason) ? said.reason : `${said.reason} at step ${said.step}`
    return { status: "infeasible", reason, cause: causeOf(said.reason), again: false }
  }
  const diverged = divergence(measurements, metric)
  if (diverged !== undefined) {
    const { step, name, value } = diverged
    const reason = `diverged at step ${step}: ${name} is ${value}`
    return { status: "infeasible", reason, cause: "diverged", again: false }
  }
  const finished = attempts.at(-1)?.events.some((event) => event.type === "finished") === true
  if (exit.stopped !== undefined && !(finished && exit.code === 0)) return stopOf(exit.stopped)
  if (exit.code !== 0) return crashOf(exit)
  const early = finished ? undefined : leftEarly(attempts.at(-1), measurements.at(-1)?.step ?? 0, maxTrainSteps)
  if (early !== undefined) return early
  const best = bestMeasurement(measurements, metric)
  return best === undefined
    ? withoutMetric(measurements, metric)
    : { status: "completed", value: best.value, bestStep: best.step, again: false }
}
