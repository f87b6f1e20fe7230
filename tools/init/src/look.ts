import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { eventTail, startGuarded } from "@tanren/activities"
import { prepared, type Subject } from "@tanren/conformance"
import { measurementsOf, type TrainerEvent } from "@tanren/contract"
import type { Measurement } from "@tanren/terms"
import { Duration, Effect } from "effect"

/** A program that prints every batch shows its first and its last evaluations all the same. */
const LINES = { first: 20_000, last: 20_000 }
const LONGEST_LINE = 1_000

/** What a program showed when it was first run. */
export interface Look {
  readonly curve: ReadonlyArray<Measurement>
  /** Its standard output, the middle left out where it is very long. */
  readonly printed: ReadonlyArray<string>
  /** It had to be ended: it ran for too long. */
  readonly killed: boolean
  readonly code: number | null
  /** The end of all that it wrote, errors included. */
  readonly lastLines: string
}

/** Runs a program once on its baseline, to see what it reports and prints; it is judged later. */
export const firstLook = Effect.fn("firstLook")(function* (subject: Subject) {
  const folder = yield* Effect.acquireRelease(
    Effect.promise(() => mkdtemp(join(tmpdir(), "tanren-init-"))),
    (path) => Effect.promise(() => rm(path, { recursive: true, force: true, maxRetries: 5 })),
  )
  const { files, request } = yield* prepared(subject, folder)
  const printed: Array<string> = []
  const program = yield* startGuarded({
    ...request,
    // Held back in a pipe, what a slow program printed would be lost with it.
    environment: { ...request.environment, PYTHONUNBUFFERED: "1" },
    printed: (line) => {
      printed.push(line.slice(0, LONGEST_LINE))
      if (printed.length > LINES.first + 2 * LINES.last) printed.splice(LINES.first, LINES.last)
    },
  })
  const inTime = yield* Effect.timeoutOption(program.ended, Duration.seconds(subject.seconds))
  if (inTime._tag === "None") program.order("kill")
  const { code } = yield* program.ended
  yield* program.drained
  const events = yield* allEvents(files.events)
  return {
    curve: measurementsOf([{ resumedFrom: null, events }]),
    printed,
    killed: inTime._tag === "None",
    code,
    lastLines: program.lastLines(),
  } satisfies Look
}, Effect.scoped)

const allEvents = Effect.fnUntraced(function* (file: string) {
  const news = eventTail(file)
  const events: Array<TrainerEvent> = []
  for (;;) {
    const tail = yield* news
    events.push(...tail.events)
    if (!tail.more) return events
  }
})
