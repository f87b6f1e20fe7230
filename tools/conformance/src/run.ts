import { eventTail, startGuarded } from "@tanren/activities"
import {
  type Duty,
  type Exit,
  type Malformed,
  measurementsOf,
  type Started,
  type TrainerEvent,
  type TrialFile,
} from "@tanren/contract"
import type { Measurement } from "@tanren/terms"
import { Clock, Duration, Effect } from "effect"
import { prepared } from "./prepared.ts"
import type { Subject } from "./subject.ts"
import { tellingLine } from "./telling-line.ts"

const POLL = Duration.millis(20)
const SETTLING_MS = 300

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

/** How it ended, for a reader: `exit 1: ValueError: …`. */
export const endOf = ({ exit, killed, secondsToLeave, seconds }: Run): string => {
  const said = tellingLine(exit.lastLines)
  if (killed)
    return secondsToLeave === undefined
      ? `still running after ${seconds.toFixed(0)} s`
      : `still running ${secondsToLeave.toFixed(0)} s after SIGTERM`
  const how = exit.signal === null ? `exit ${exit.code}` : `ended by ${exit.signal}`
  return said === undefined || exit.code === 0 ? how : `${how}: ${said}`
}
