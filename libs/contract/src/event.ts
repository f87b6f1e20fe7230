/**
 * What a program may promise beyond level 0, in its `started` event; the conformance checker holds it to each. What is
 * not promised is not to be assumed: `missingDuties` tells a study or sweep what it would lack.
 */
export const DUTIES = [
  /** Equal seeds give equal curves, different seeds different ones. */
  "seeds",
  /** Evaluates at multiples of `evalEverySteps` and at the last step. */
  "cadence",
  /** Writes checkpoints, each announced after the metrics up to its step. */
  "checkpoint",
  /** On SIGTERM writes a checkpoint and leaves within the grace period. */
  "sigterm",
  /** Continues from `resumeFrom` on the same curve. */
  "resume",
  /** Measures the split that it is told. */
  "split",
  "schedule",
  "warmup",
  "clip",
  "every-step-evaluation",
  "evaluate-task",
  /** Writes a model to `exportDir`. */
  "export",
  /** Told so, waits after `finished` for the next trial in the same process. */
  "warm",
] as const

export type Duty = (typeof DUTIES)[number]

/** The first line of a program that does more than level 0. */
export interface Started {
  readonly type: "started"
  readonly honours: ReadonlyArray<Duty>
  /** The step that it really goes on from, where it could not use the checkpoint that it was told. */
  readonly resumedFrom?: number
  /** What else it said of itself: backend, device, versions. */
  readonly about: Readonly<Record<string, number | string | boolean>>
}

/** What was measured at a step; non-finite numbers mean what they say. `train/loss`, `valid/loss`, `valid/error` and
 * `grad_norm` are standard names, others are kept; names under `time/` are wall-clock facts and no part of the curve. */
export interface Metrics {
  readonly type: "metrics"
  readonly step: number
  readonly metrics: Readonly<Record<string, number>>
}

/** Comes after the metrics of all steps up to its own: whoever resumes from it has lost none. */
export interface CheckpointWritten {
  readonly type: "checkpoint"
  readonly step: number
  readonly path: string
}

/** A few predictions looked at by eye. Playbook, "Setting up periodic evaluations … choosing samples". */
export interface Predictions {
  readonly type: "predictions"
  readonly step: number
  /** A file of one JSON object a line, or … */
  readonly path?: string
  /** … the examples themselves, where they are few. */
  readonly examples?: ReadonlyArray<unknown>
  /** Of each class, examples and right answers in this evaluation. */
  readonly countByClass?: ReadonlyArray<number>
  readonly correctByClass?: ReadonlyArray<number>
}

export interface Exported {
  readonly type: "exported"
  readonly path: string
  readonly format?: string
}

/** The program saw by itself that this point cannot be trained: a result, not an error. */
export interface Infeasible {
  readonly type: "infeasible"
  readonly reason: string
  readonly step?: number
}

/** Something a person should read; the trial goes on. */
export interface Warned {
  readonly type: "warning"
  readonly message: string
}

/** All asked-for steps are done: a program stopped by SIGTERM does not say so. */
export interface Finished {
  readonly type: "finished"
  readonly step?: number
}

export type TrainerEvent =
  | Started
  | Metrics
  | CheckpointWritten
  | Predictions
  | Exported
  | Infeasible
  | Warned
  | Finished

/** The duties in `needed` that a program did not declare; all of them when it never sent `started`. */
export const missingDuties = (needed: ReadonlyArray<Duty>, started: Started | undefined): ReadonlyArray<Duty> =>
  needed.filter((duty) => started?.honours.includes(duty) !== true)

/** JSON has no words for them; a string is read back by every JSON reader, and by `parseEvent` as the number. */
const spelled = (x: number): number | string => (Number.isFinite(x) ? x : String(x))

/** One line of the event log, its newline included. */
export const encodeEvent = (event: TrainerEvent): string => {
  if (event.type === "started") {
    const { type, honours, resumedFrom, about } = event
    return `${JSON.stringify({ type, honours, resumedFrom, ...about })}\n`
  }
  if (event.type === "metrics") {
    const { type, step, metrics } = event
    const values = Object.fromEntries(Object.entries(metrics).map(([name, x]) => [name, spelled(x)]))
    return `${JSON.stringify({ type, step, ...values })}\n`
  }
  return `${JSON.stringify(event)}\n`
}
