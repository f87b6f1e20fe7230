import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Effect, Schema, type Scope } from "effect"
import { ownFile } from "./own-files.ts"
import { writeWhole } from "./write-whole.ts"

/** Longer than a look takes (`isHeld`), so that a look never refuses the one who comes to hold. */
const LOOK_MS = 500

const SQLITE_BUSY = 5
/** The low byte of a code says what it is, what lies above it tells the kinds of one apart. */
const PRIMARY_CODES = 256

export class Held extends Schema.TaggedError<Held>()("Held", {
  file: Schema.String,
  by: Schema.String,
}) {
  override get message(): string {
    return `held by another process (${this.by}); its lock is ${this.file}`
  }
}

/** A lock that nobody can take, for a reason that has nothing to do with who else wants it. */
export class Unlockable extends Schema.TaggedError<Unlockable>()("Unlockable", {
  file: Schema.String,
  why: Schema.String,
}) {
  override get message(): string {
    return `the lock ${this.file} cannot be taken: ${this.why}`
  }
}

/**
 * A lock that the operating system gives back when its holder dies, however it dies: an exclusive transaction on an
 * empty SQLite file. There are no stale locks to clean up. `holder` is what others are told.
 */
export const lock = (file: string, holder: string): Effect.Effect<void, Held | Unlockable, Scope.Scope> =>
  Effect.asVoid(
    Effect.acquireRelease(
      Effect.try({
        try: () => {
          mkdirSync(dirname(file), { recursive: true })
          ownFile(file)
          const database = new DatabaseSync(file, { timeout: LOOK_MS })
          try {
            database.exec("BEGIN EXCLUSIVE")
            writeWhole(`${file}.holder`, holder)
          } catch (error) {
            database.close()
            throw error
          }
          return database
        },
        catch: (error) =>
          isBusy(error) ? new Held({ file, by: holderOf(file) }) : new Unlockable({ file, why: causeOf(error) }),
      }),
      (database) => Effect.sync(() => database.close()),
    ),
  )

/** Whether somebody holds the lock now; taken for no longer than the look. */
export const isHeld = (file: string): boolean => {
  if (!existsSync(file)) return false
  try {
    const database = new DatabaseSync(file, { timeout: 0, readOnly: true })
    try {
      // A file that may only be read can be looked at, too: an exclusive lock lets nobody read.
      database.exec("BEGIN; SELECT 1 FROM sqlite_schema")
      return false
    } finally {
      database.close()
    }
  } catch (error) {
    return isBusy(error)
  }
}

const isBusy = (error: unknown): boolean =>
  ((error as { readonly errcode?: number }).errcode ?? 0) % PRIMARY_CODES === SQLITE_BUSY

const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const holderOf = (file: string): string => {
  try {
    return readFileSync(`${file}.holder`, "utf8")
  } catch {
    return "unknown"
  }
}
