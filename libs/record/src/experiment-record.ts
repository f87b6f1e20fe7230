import { type BigIntStats, existsSync, readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { campaignStatements } from "./campaigns.ts"
import { type Decided, decisionStatements } from "./decisions.ts"
import type { DecisionKey } from "./keys.ts"
import { laterChange, migrate } from "./migrations.ts"
import type { DecisionRow } from "./rows.ts"
import { sqliteLayer } from "./sqlite.ts"
import { trialStatements } from "./trials.ts"

/** The record could not be read or written; the work is to be tried again. */
export class RecordError extends Schema.TaggedError<RecordError>()("RecordError", {
  message: Schema.String,
}) {}

class Unusable extends Schema.TaggedError<Unusable>()("Unusable", { message: Schema.String }) {}

/** A file without a byte is a new record's, unless trials ran beside it: then what it held is lost. */
const isEmptied = (filename: string): boolean => {
  if (!existsSync(filename) || statSync(filename).size > 0) return false
  const runs = join(dirname(filename), "runs")
  return existsSync(runs) && readdirSync(runs).length > 0
}

type Statements = ReturnType<typeof campaignStatements> &
  ReturnType<typeof trialStatements> &
  ReturnType<typeof decisionStatements>

/** The same calls with SQL trouble turned into one error. */
type Guarded<Calls> = {
  readonly [K in keyof Calls]: Calls[K] extends (...args: infer A) => Effect.Effect<infer V, infer E>
    ? (...args: A) => Effect.Effect<V, Exclude<E, SqlError.SqlError> | RecordError>
    : never
}

/** What a mapped type would take away: the outcome's type goes with the key. */
interface TypedByKey {
  readonly decision: <Outcome>(
    campaign: string,
    key: DecisionKey<Outcome>,
  ) => Effect.Effect<DecisionRow<Outcome> | null, RecordError>
  readonly decide: <Outcome>(
    campaign: string,
    made: Decided<Outcome>,
  ) => Effect.Effect<DecisionRow<Outcome>, RecordError>
}

type Service = Guarded<Omit<Statements, keyof TypedByKey>> & TypedByKey

/** The experiment record: campaigns, studies, trials with their curves, and decisions with their reasons. */
export class ExperimentRecord extends Context.Service<ExperimentRecord, Service>()("tanren/ExperimentRecord") {
  static readonly layer = (filename: string): Layer.Layer<ExperimentRecord, RecordError> =>
    Layer.effect(
      ExperimentRecord,
      Effect.gen(function* () {
        if (isEmptied(filename))
          return yield* new Unusable({
            message: "it is empty, and runs beside it is not: put a copy of the record back, or move runs away",
          })
        const context = yield* Layer.build(sqliteLayer(filename))
        yield* Effect.provideContext(migrate, context)
        const later = yield* Effect.provideContext(laterChange, context)
        if (later !== undefined)
          return yield* new Unusable({
            message: `a later version of Tanren has changed it (${later}); use that version`,
          })
        const sql = Context.get(context, SqlClient.SqlClient)
        const statements = { ...campaignStatements(sql), ...trialStatements(sql), ...decisionStatements(sql) }
        return guarded(statements, stillThere(filename))
      }).pipe(Effect.mapError((error) => new RecordError({ message: `record ${filename}: ${error.message}` }))),
    )
}

const identity = (filename: string): Pick<BigIntStats, "dev" | "ino"> | undefined =>
  statSync(filename, { bigint: true, throwIfNoEntry: false })

/**
 * Whether the open file is the one that lies at its path. SQLite goes on writing to a file that was deleted, and a
 * campaign would go on to an end of which nothing is left on the disk.
 */
const stillThere = (filename: string): Effect.Effect<void, RecordError> => {
  const at = identity(filename)
  // A record in memory has no file.
  if (at === undefined) return Effect.void
  const look = Effect.try({
    try: () => identity(filename),
    catch: (error) => new RecordError({ message: `record ${filename} cannot be looked at: ${error}` }),
  })
  return Effect.flatMap(look, (now) => {
    if (now?.ino === at.ino && now.dev === at.dev) return Effect.void
    const what = now === undefined ? "was deleted" : "was replaced by another file"
    return new RecordError({ message: `record ${filename} ${what} while it was in use` })
  })
}

const guarded = (statements: Statements, present: Effect.Effect<void, RecordError>): Service =>
  Object.fromEntries(
    Object.entries(statements).map(([name, call]) => [
      name,
      (...args: ReadonlyArray<unknown>) =>
        Effect.andThen(
          present,
          (call as (...args: ReadonlyArray<unknown>) => Effect.Effect<unknown, SqlError.SqlError>)(...args),
        ).pipe(
          Effect.catchTag("SqlError", (error) => new RecordError({ message: `record (${name}): ${error.message}` })),
        ),
    ]),
  ) as unknown as Service
