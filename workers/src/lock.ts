import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Effect, Schema, type Scope } from "effect"
import { writeWhole } from "./write-whole.ts"

/** Longer than a look takes (`isHeld`), so that a look never refuses the one who comes to hold. */
const LOOK_MS = 500

export class Held extends Schema.TaggedError<Held>()("Held", {
  file: Schema.String,
  by: Schema.String,
}) {
  override get message(): string {
    return `held by another process (${this.by}); its lock is ${this.file}`
  }
}

/**
 * A lock that the operating system gives back when its holder dies, however it dies: an exclusive transaction on an
 * empty SQLite file. There are no stale locks to clean up. `holder` is what others are told.
 */
export const lock = (file: string, holder: string): Effect.Effect<void, Held, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(
      Effect.try({
        try: () => {
          mkdirSync(dirname(file), { recursive: true })
          const database = new DatabaseSync(file, { timeout: LOOK_MS })
          try {
            database.exec("BEGIN EXCLUSIVE")
          } catch (error) {
            database.close()
            throw error
          }
          writeWhole(`${file}.holder`, holder)
          return database
        },
        catch: () => new Held({ file, by: holderOf(file) }),
      }),
      (database) => Effect.sync(() => database.close()),
    ),
  )

/** Whether somebody holds the lock now; taken for no longer than the look. */
export const isHeld = (file: string): boolean => {
  if (!existsSync(file)) return false
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec("BEGIN EXCLUSIVE")
    return false
  } catch {
    return true
  } finally {
    database.close()
  }
}

const holderOf = (file: string): string => {
  try {
    return readFileSync(`${file}.holder`, "utf8")
  } catch {
    return "unknown"
  }
}
