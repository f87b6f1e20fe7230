import type { ExperimentRecord } from "@tanren/record"
import { ApplicationFailure, CancelledFailure, Context } from "@temporalio/activity"
import { Cause, type Effect, Exit, type ManagedRuntime } from "effect"
import type { Devices } from "./devices.ts"
import type { StateFolder } from "./state-folder.ts"

const BEAT_EVERY_MS = 1_000

export type Services = ExperimentRecord | StateFolder | Devices
export type Runtime<R extends Services> = ManagedRuntime.ManagedRuntime<R, unknown>

/**
 * The Promise edge between Temporal and our effects: one runtime a process; typed errors keep their tag as the failure's
 * type, so that a workflow's retry policy can name them.
 */
export const runDecision = async <A, E, R extends Services>(
  runtime: Runtime<R>,
  effect: Effect.Effect<A, E, R>,
): Promise<A> => {
  const exit = await runtime.runPromiseExit(effect)
  if (Exit.isSuccess(exit)) return exit.value
  throw failureOf(exit.cause)
}

/**
 * A long activity: it beats while it lives, and being cancelled interrupts it and waits until it has cleaned up. A
 * worker that shuts down is no person's cancel: the attempt fails and the next one goes on from the checkpoint.
 */
export const runCancellable = async <A, E, R extends Services>(
  runtime: Runtime<R>,
  effect: (beat: (details: unknown) => void) => Effect.Effect<A, E, R>,
  whenCancelled: Effect.Effect<void, unknown, R>,
): Promise<A> => {
  const context = Context.current()
  let details: unknown
  const pulse = setInterval(() => context.heartbeat(details), BEAT_EVERY_MS)
  try {
    const work = effect((next) => {
      details = next
    })
    const exit = await runtime.runPromiseExit(work, { signal: context.cancellationSignal })
    if (Exit.isSuccess(exit)) return exit.value
    if (!context.cancellationSignal.aborted) throw failureOf(exit.cause)
    const why = context.cancellationDetails
    if (why?.cancelRequested !== true) throw ApplicationFailure.retryable("the worker left", "WorkerLeft")
    await runtime.runPromise(whenCancelled)
    throw new CancelledFailure("cancelled")
  } finally {
    clearInterval(pulse)
  }
}

const failureOf = (cause: Cause.Cause<unknown>): ApplicationFailure => {
  const error = Cause.squash(cause)
  const type = error instanceof Error ? error.name : "Unknown"
  const message = error instanceof Error ? error.message : String(error)
  return ApplicationFailure.create({
    message,
    type,
    nonRetryable: false,
    cause: error instanceof Error ? error : undefined,
  })
}
