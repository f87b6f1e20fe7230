import { homedir, hostname } from "node:os"
import { join } from "node:path"
import { Effect, Schema, type Scope } from "effect"
import { lock, Unlockable } from "./lock.ts"
import { ownFolder } from "./own-files.ts"

/** Another campaign of this machine holds its devices. */
export class MachineTaken extends Schema.TaggedError<MachineTaken>()("MachineTaken", { by: Schema.String }) {
  override get message(): string {
    return `another campaign trains on this machine (${this.by}); devices go to one at a time: wait for it or stop it`
  }
}

/**
 * A folder that stays when nobody is logged in and that no job has for itself, unlike the one for temporary files and
 * unlike XDG_RUNTIME_DIR, which goes with the last session while a campaign under `nohup` goes on. Homes are shared
 * between machines: each has a lock of its own.
 */
const locks = (): string => join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tanren", "locks")

/** One training worker a machine: two would lease the same devices twice. */
const machineLock = Effect.suspend(() => {
  const named = process.env.TANREN_MACHINE_LOCK
  if (named !== undefined) return Effect.succeed(named)
  const file = join(locks(), `training-${hostname()}.lock`)
  return Effect.try({
    try: () => {
      ownFolder(locks())
      return file
    },
    catch: (error) =>
      new Unlockable({
        file,
        why: `${error instanceof Error ? error.message : error}; TANREN_MACHINE_LOCK names another file`,
      }),
  })
})

/** This machine's devices, all of them, for as long as the scope. */
export const holdMachine = (by: string): Effect.Effect<void, MachineTaken | Unlockable, Scope.Scope> =>
  Effect.flatMap(machineLock, (file) => lock(file, by)).pipe(
    Effect.catchTag("Held", (held) => Effect.fail(new MachineTaken({ by: held.by }))),
  )
