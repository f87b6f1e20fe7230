import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { commandFor, eventTail, startGuarded, Unstartable } from "@tanren/activities"
import type { Subject } from "@tanren/conformance"
import type { Measurement } from "@tanren/space"
import { EVENTS_VARIABLE, encodeTrialFile, measurementsOf, type TrainerEvent, type TrialFile } from "@tanren/trainer"
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
  const files = { trial: join(folder, "trial.json"), events: join(folder, "events.jsonl") }
  const trial = trialOf(subject, join(folder, "checkpoints"))
  yield* Effect.promise(async () => {
    await mkdir(trial.checkpointDir)
    await writeFile(files.trial, encodeTrialFile(trial))
  })
  const { startable, directory, device, graceSeconds, seconds } = subject
  const command = commandFor(startable, directory, trial, files, device)
  if (!command.ok) return yield* new Unstartable({ command: "the program", why: command.why })
  const printed: Array<string> = []
  const program = yield* startGuarded({
    argv: command.value.argv,
    // Held back in a pipe, what a slow program printed would be lost with it.
    environment: { ...command.value.environment, PYTHONUNBUFFERED: "1" },
    cwd: directory,
    outputFile: join(folder, "output.log"),
    graceSeconds,
    mark: `${EVENTS_VARIABLE}=${files.events}`,
    printed: (line) => {
      printed.push(line.slice(0, LONGEST_LINE))
      if (printed.length > LINES.first + 2 * LINES.last) printed.splice(LINES.first, LINES.last)
    },
  })
  const inTime = yield* Effect.timeoutOption(program.ended, Duration.seconds(seconds))
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

const trialOf = (subject: Subject, checkpointDir: string): TrialFile => ({
  version: 1,
  task: "train",
  trial: "init/0",
  hyperparameters: subject.hyperparameters,
  maxTrainSteps: subject.steps,
  evalEverySteps: subject.every,
  stepUnit: subject.stepUnit,
  seeds: { init: 101, data: 102, dropout: 103 },
  checkpointDir,
  resumeFrom: null,
  split: "valid",
  limits: { wallSeconds: subject.seconds, graceSeconds: subject.graceSeconds },
  keepCheckpoints: 1,
  metric: subject.metric ?? { name: "valid/error", goal: "minimize" },
  host: { index: 0, count: 1 },
})
