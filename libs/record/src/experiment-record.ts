import { existsSync, readdirSync, statSync } from "node:fs"
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
        return guarded({ ...campaignStatements(sql), ...trialStatements(sql), ...decisionStatements(sql) })
      }).pipe(Effect.mapError((error) => new RecordError({ message: `record ${filename}: ${error.message}` }))),
    )
}

const guarded = (statements: Statements): Service =>
  Object.fromEntries(
    Object.entries(statements).map(([name, call]) => [
      name,
      (...args: ReadonlyArray<unknown>) =>
        (call as (...args: ReadonlyArray<unknown>) => Effect.Effect<unknown, SqlError.SqlError>)(...args).pipe(
          Effect.catchTag("SqlError", (error) => new RecordError({ message: `record (${name}): ${error.message}` })),
        ),
    ]),
  ) as unknown as Service
