import type { GuardedProgram } from "@tanren/activities"
import { Clock, Deferred, Duration, Effect, Schema, type Scope } from "effect"

const RESTARTS_ALLOWED = 8
const WITHIN_MS = 60_000

/** A process of the stack cannot be started, or dies faster than it can be restarted. */
export class Dying extends Schema.TaggedError<Dying>()("Dying", {
  process: Schema.String,
  how: Schema.String,
  said: Schema.String,
}) {
  override get message(): string {
    return `the ${this.process} ${this.how}:\n${this.said}`
  }
}

/**
 * Keeps one process of the stack alive for as long as the scope: started again when it ends, a little later each
 * time, until it dies too often. `up` is told of each start.
 */
export const supervise = <E extends Error, R>(
  name: string,
  start: Effect.Effect<GuardedProgram, E, R | Scope.Scope>,
  up: (process: GuardedProgram, starts: number) => Effect.Effect<void>,
): Effect.Effect<Effect.Effect<never, Dying>, never, R | Scope.Scope> =>
  Effect.gen(function* () {
    const broken = yield* Deferred.make<never, Dying>()
    const deaths: Array<number> = []
    let starts = 0
    const once = Effect.scoped(
      Effect.gen(function* () {
        const process = yield* start
        starts++
        yield* up(process, starts)
        yield* process.ended
        return process.lastLines()
      }),
    )
    const forever = Effect.gen(function* () {
      for (;;) {
        const said = yield* once
        const now = yield* Clock.currentTimeMillis
        deaths.push(now)
        const recent = deaths.filter((at) => now - at < WITHIN_MS).length
        if (recent >= RESTARTS_ALLOWED) {
          return yield* new Dying({ process: name, how: `ended ${recent} times within a minute; its last words`, said })
        }
        yield* Effect.sleep(Duration.millis(Math.min(5_000, 200 * 2 ** (recent - 1))))
      }
    })
    const kept = Effect.mapError(forever, (error) =>
      error instanceof Dying ? error : new Dying({ process: name, how: "cannot be started", said: error.message }),
    )
    yield* Effect.forkScoped(Deferred.into(kept, broken))
    return Deferred.await(broken)
  })
