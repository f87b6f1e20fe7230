import { Duration, Effect, Exit, Scope } from "effect"
import { type GuardedProgram, type Request, startGuarded } from "../guarded/guarded.ts"

/** Long enough for the next trial of a study to be decided, short enough to give back a device's memory. */
const WAITS_FOR = Duration.seconds(20)

export interface WarmProgram {
  readonly program: GuardedProgram
  /** Closing it asks the program to leave, and returns when its group is gone. */
  readonly scope: Scope.Closeable
}

/** Programs that finished a trial and wait for another, at most one on a device. */
export interface WarmPrograms {
  /**
   * The program that waits on this device for a trial of this kind, or a new one. Whatever else waits there is gone
   * before: a device is one program's at a time.
   */
  readonly take: (at: Place, request: Request) => ReturnType<typeof startWarm>
  /** Lets a program wait on its device; after a while, or with the worker, it leaves. */
  readonly leave: (at: Place, warm: WarmProgram) => Effect.Effect<void>
}

/** `kind` is equal for trials that the same process may take. */
export interface Place {
  readonly device: string
  readonly kind: string
}

export const retire = ({ scope }: WarmProgram): Effect.Effect<void> => Scope.close(scope, Exit.void)

const startWarm = Effect.fnUntraced(function* (request: Request) {
  const scope = yield* Scope.make()
  const program = yield* Scope.provide(startGuarded({ ...request, warm: true }), scope)
  return { program, scope, fresh: true }
})

export const warmPrograms = Effect.gen(function* () {
  const own = yield* Effect.scope
  const waiting = new Map<string, { readonly kind: string; readonly warm: WarmProgram }>()

  const removed = (device: string): { readonly kind: string; readonly warm: WarmProgram } | undefined => {
    const found = waiting.get(device)
    waiting.delete(device)
    return found
  }

  const take: WarmPrograms["take"] = Effect.fnUntraced(function* ({ device, kind }, request) {
    const found = removed(device)
    if (found === undefined) return yield* startWarm(request)
    if (found.kind === kind && !found.warm.program.hasEnded()) return { ...found.warm, fresh: false }
    yield* retire(found.warm)
    return yield* startWarm(request)
  })

  const leave: WarmPrograms["leave"] = Effect.fnUntraced(function* ({ device, kind }, warm) {
    waiting.set(device, { kind, warm })
    const tooLong = Effect.gen(function* () {
      yield* Effect.sleep(WAITS_FOR)
      if (waiting.get(device)?.warm !== warm) return
      waiting.delete(device)
      yield* retire(warm)
    })
    yield* Effect.forkIn(tooLong, own)
  })

  yield* Effect.addFinalizer(() =>
    Effect.forEach(
      [...waiting.keys()],
      (device) => {
        const found = removed(device)
        return found === undefined ? Effect.void : retire(found.warm)
      },
      { concurrency: "unbounded", discard: true },
    ),
  )
  return { take, leave } satisfies WarmPrograms
})
