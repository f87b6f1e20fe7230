import type { Unstartable } from "@tanren/activities"
import type { TrainerEvent, TrialFile } from "@tanren/contract"
import type { Metric } from "@tanren/terms"
import type { Effect } from "effect"
import type { Run } from "./run.ts"
import type { Subject } from "./subject.ts"

/** `unsettled`: it could not be brought about what was to be looked at; no failure. */
export type Verdict =
  | { readonly status: "pass" | "unsettled"; readonly said: string }
  | { readonly status: "fail"; readonly said: string; readonly remedy: string }

export const pass = (said: string): Verdict => ({ status: "pass", said })
export const unsettled = (said: string): Verdict => ({ status: "unsettled", said })
export const fail = (said: string, remedy: string): Verdict => ({ status: "fail", said, remedy })

/** What a check may use: the first run, and further runs. */
export interface Bench {
  readonly subject: Subject
  readonly metric: Metric
  /** The run on the subject's hyperparameters and seeds that others are compared with. */
  readonly reference: Run
  /** Gone after the check. */
  readonly folder: string
  /** Asked again for a run of the same name, it gives what that showed. */
  readonly run: (
    name: string,
    changes?: Partial<TrialFile>,
    leaveWhen?: (events: ReadonlyArray<TrainerEvent>) => boolean,
  ) => Effect.Effect<Run, Unstartable>
}

export type Check = (bench: Bench) => Effect.Effect<Verdict, Unstartable>
