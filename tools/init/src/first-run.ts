import { type Subject, unknownGoal } from "@tanren/conformance"
import type { Metric } from "@tanren/terms"
import { Effect } from "effect"
import { firstLook, type Look } from "./look.ts"
import { metricOf, type Shown, showing } from "./observe.ts"
import type { Proposal } from "./propose.ts"
import type { Script } from "./read-options.ts"
import { noRun, onlyTraining } from "./refusals.ts"
import { CannotInit, type InitRequest } from "./request.ts"
import { atFullLength } from "./subject.ts"

export interface FirstRun {
  readonly look: Look
  readonly shown: Shown
  readonly metric: Metric
  /** As it was run: for a moment, or for its whole length where that showed too little. */
  readonly subject: Subject
}

/** What the program shows of itself, and which of it is to be optimised. */
export const firstRun = Effect.fnUntraced(function* (
  request: InitRequest,
  read: Script,
  proposal: Proposal,
  short: Subject,
  tell: (line: string) => Effect.Effect<void>,
) {
  let seen = yield* seenOf(request, read, short)
  const whole = atFullLength(short, proposal)
  if (whole !== undefined && lacksMetric(seen)) {
    yield* tell(
      `In ${short.steps} ${proposal.steps.unit}s it showed no number on validation data; running it for ${whole.steps}, ` +
        `at most ${whole.seconds} s …`,
    )
    seen = yield* seenOf(request, read, whole)
  }
  const { look, shown, found, subject } = seen
  if ("only" in found) return yield* new CannotInit({ message: onlyTraining(request, shown, found.only) })
  const goal = request.goal ?? found.goal
  if (goal === undefined) return yield* new CannotInit({ message: `${request.script}: ${unknownGoal(found.name)}` })
  return { look, shown, metric: { name: found.name, goal }, subject } satisfies FirstRun
})

interface Seen extends Pick<FirstRun, "look" | "shown" | "subject"> {
  readonly found: ReturnType<typeof metricOf>
}

const seenOf = Effect.fnUntraced(function* (request: InitRequest, read: Script, subject: Subject) {
  const look = yield* firstLook(subject).pipe(
    Effect.catchTag("Unstartable", ({ message }) => new CannotInit({ message })),
  )
  const shown = showing(look)
  const refusal = noRun(request, read, look, shown)
  if (refusal !== undefined) return yield* new CannotInit({ message: refusal })
  return { look, shown, subject, found: metricOf(request.metric, read, shown) } satisfies Seen
})

const lacksMetric = ({ found, look, shown }: Seen): boolean =>
  !look.killed &&
  shown.onError.length === 0 &&
  ("only" in found || shown.curve.every(({ metrics }) => metrics[found.name] === undefined))
