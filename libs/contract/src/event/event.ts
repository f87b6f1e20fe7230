import type { Duty } from "./duties.ts"
import type { EventLineSchema } from "./schema.ts"

type Line = (typeof EventLineSchema)["Type"]

/** The first line of a program that does more than level 0. */
export interface Started extends Pick<Extract<Line, { readonly type: "started" }>, "type" | "resumedFrom"> {
  readonly honours: ReadonlyArray<Duty>
  /** What else it said of itself: backend, device, versions. */
  readonly about: Readonly<Record<string, number | string | boolean>>
}

/** What was measured at a step; non-finite numbers mean what they say. `train/loss`, `valid/loss`, `valid/error` and
 * `grad_norm` are standard names, others are kept; names under `time/` are wall-clock facts and no part of the curve. */
export interface Metrics extends Extract<Line, { readonly type: "metrics" }> {
  readonly metrics: Readonly<Record<string, number>>
}

/** Comes after the metrics of all steps up to its own: whoever resumes from it has lost none. */
export type CheckpointWritten = Extract<Line, { readonly type: "checkpoint" }>

/** An event as it is read; the schema of its line says what each field means. */
export type TrainerEvent = Started | Metrics | Exclude<Line, { readonly type: "started" | "metrics" }>

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
