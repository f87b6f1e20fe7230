import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { commandFor, eventTail, startGuarded, stdoutMetrics, Unstartable } from "@tanren/activities"
import type { Measurement } from "@tanren/space"
import {
  type Duty,
  EVENTS_VARIABLE,
  type Exit,
  encodeTrialFile,
  type Malformed,
  measurementsOf,
  type Started,
  type TrainerEvent,
  type TrialFile,
} from "@tanren/trainer"
import { Clock, Duration, Effect } from "effect"
import type { Subject } from "./subject.ts"

const POLL = Duration.millis(20)
const SETTLING_MS = 300
/** More than a short run writes, so that one can be resumed from its middle. */
export const KEEP_ALL = 100
export const SEEDS = { init: 101, data: 102, dropout: 103 }
export const OTHER_SEEDS = { init: 201, data: 202, dropout: 203 }

/** What one short run of the program showed. */
export interface Run {
  readonly events: ReadonlyArray<TrainerEvent>
  readonly malformed: ReadonlyArray<Malformed>
  readonly exit: Exit
  readonly curve: ReadonlyArray<Measurement>
  readonly started: Started | undefined
  readonly declared: ReadonlyArray<Duty>
  readonly seconds: number
  /** How many events there were when it was asked to leave. */
  readonly eventsAtSignal: number | undefined
  readonly secondsToLeave: number | undefined
  /** It had to be killed: it ran for too long, or did not leave. */
  readonly killed: boolean
}

/**
 * Runs the program once on a trial of the subject's with `changes`. A moment after `leaveWhen` first holds it
 * gets SIGTERM, some steps into its training.
 * A program that cannot be started at all is an error.
 */
export const runOnce = Effect.fn("runOnce")(function* (
  subject: Subject,
  folder: string,
  changes: Partial<TrialFile> = {},
  leaveWhen?: (events: ReadonlyArray<TrainerEvent>) => boolean,
) {
  const { files, request } = yield* prepared(subject, folder, changes)
  const { graceSeconds } = subject
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const startedAt = yield* Clock.currentTimeMillis
      const program = yield* startGuarded(request)
      const news = eventTail(files.events)
      const events: Array<TrainerEvent> = []
      const malformed: Array<Malformed> = []
      let signalled: { readonly at: number; readonly events: number } | undefined
      let dueSince: number | undefined
      let killed = false
      for (;;) {
        const ended = yield* Effect.timeoutOption(program.ended, POLL)
        if (ended._tag === "Some") yield* program.drained
        const tail = yield* news
        events.push(...tail.events)
        malformed.push(...tail.malformed)
        const now = yield* Clock.currentTimeMillis
        if (ended._tag === "Some") {
          const exit = { ...ended.value, lastLines: program.lastLines() }
          return runOf(events, malformed, exit, {
            seconds: (now - startedAt) / 1000,
            eventsAtSignal: signalled?.events,
            secondsToLeave: signalled && (now - signalled.at) / 1000,
            killed,
          })
        }
        if (dueSince === undefined && leaveWhen?.(events)) dueSince = now
        if (signalled === undefined && dueSince !== undefined && now - dueSince >= SETTLING_MS) {
          signalled = { at: now, events: events.length }
          program.order("term")
        }
        const late =
          signalled === undefined ? now - startedAt > subject.seconds * 1000 : now - signalled.at > graceSeconds * 1000
        if (late && !killed) {
          killed = true
          program.order("kill")
        }
      }
    }),
  )
})

/** A trial's files, and how the program is started on them. */
export const prepared = Effect.fnUntraced(function* (
  subject: Subject,
  folder: string,
  changes: Partial<TrialFile> = {},
) {
  const files = { trial: join(folder, "trial.json"), events: join(folder, "events.jsonl") }
  const checkpointDir = join(folder, "checkpoints")
  const trial: TrialFile = { ...trialOf(subject, checkpointDir), ...changes }
  yield* Effect.promise(async () => {
    await mkdir(checkpointDir, { recursive: true })
    await writeFile(files.trial, encodeTrialFile(trial))
  })
  const { startable, directory, device, graceSeconds } = subject
  const steps = { maxTrainSteps: trial.maxTrainSteps, evalEverySteps: trial.evalEverySteps }
  const command = commandFor({ ...startable, ...steps }, directory, trial, files, device)
  if (!command.ok) return yield* new Unstartable({ command: "the program", why: command.why })
  const fromStdout = startable.trainer.type === "program" ? startable.trainer.metrics?.fromStdout : undefined
  const request = {
    ...command.value,
    cwd: directory,
    outputFile: join(folder, "output.log"),
    graceSeconds,
    mark: `${EVENTS_VARIABLE}=${files.events}`,
    printed: fromStdout && stdoutMetrics(fromStdout, files.events),
  }
  return { files, request }
})

const runOf = (
  events: ReadonlyArray<TrainerEvent>,
  malformed: ReadonlyArray<Malformed>,
  exit: Exit,
  times: Pick<Run, "seconds" | "eventsAtSignal" | "secondsToLeave" | "killed">,
): Run => {
  const started = events.find((event) => event.type === "started")
  const curve = measurementsOf([{ resumedFrom: null, events }])
  return { events, malformed, exit, curve, started, declared: started?.honours ?? [], ...times }
}

const trialOf = (subject: Subject, checkpointDir: string): TrialFile => ({
  version: 1,
  task: "train",
  trial: "check/0",
  hyperparameters: subject.hyperparameters,
  maxTrainSteps: subject.steps,
  evalEverySteps: subject.every,
  stepUnit: subject.stepUnit,
  seeds: SEEDS,
  checkpointDir,
  resumeFrom: null,
  split: "valid",
  limits: { wallSeconds: subject.seconds, graceSeconds: subject.graceSeconds },
  keepCheckpoints: KEEP_ALL,
  metric: subject.metric ?? { name: "valid/error", goal: "minimize" },
  host: { index: 0, count: 1 },
})

/** How it ended, for a reader: `exit 1: ValueError: …`. */
export const endOf = ({ exit, killed, secondsToLeave, seconds }: Run): string => {
  const said = exit.lastLines?.trim().split("\n").at(-1)?.trim().slice(0, 200)
  if (killed)
    return secondsToLeave === undefined
      ? `still running after ${seconds.toFixed(0)} s`
      : `still running ${secondsToLeave.toFixed(0)} s after SIGTERM`
  const how = exit.signal === null ? `exit ${exit.code}` : `ended by ${exit.signal}`
  return said === undefined || said === "" || exit.code === 0 ? how : `${how}: ${said}`
}
