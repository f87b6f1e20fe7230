import type { Started } from "@tanren/contract"
import { type Cause, type Hyperparameters, isSealed, type Measurement, type Status } from "@tanren/terms"
import { Effect, Schema } from "effect"
import type { SqlClient } from "effect/sql"
import { decodeMetrics, encodeMetrics } from "./json.ts"
import type { Claim, Outcome, TrialKey, TrialRow } from "./rows.ts"

/** A newer attempt has claimed the trial: whatever this one still wants to write is void. */
export class Fenced extends Schema.TaggedError<Fenced>()("Fenced", {
  study: Schema.String,
  index: Schema.Number,
  fence: Schema.Number,
}) {
  override get message(): string {
    return `attempt ${this.fence} of trial ${this.study}/${this.index} was superseded`
  }
}

interface StoredTrial {
  readonly study: string
  readonly idx: number
  readonly hyperparameters: string
  readonly seeds: string
  readonly status: Status
  readonly fence: number
  readonly value: number | null
  readonly best_step: number | null
  readonly reason: string | null
  readonly cause: Cause | null
  readonly checkpoint: string | null
  readonly started: string | null
  readonly seconds: number | null
  readonly started_at: string
  readonly finished_at: string | null
}

const trialOf = (row: StoredTrial): TrialRow => ({
  study: row.study,
  index: row.idx,
  hyperparameters: JSON.parse(row.hyperparameters),
  seeds: JSON.parse(row.seeds),
  status: row.status,
  fence: row.fence,
  value: row.value,
  bestStep: row.best_step,
  reason: row.reason,
  cause: row.cause,
  checkpoint: row.checkpoint,
  started: row.started === null ? null : JSON.parse(row.started),
  seconds: row.seconds,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
})

const present = <T>(value: T | null): T | undefined => value ?? undefined

export const outcomeOf = (row: TrialRow): Outcome => ({
  status: row.status as Outcome["status"],
  value: present(row.value),
  bestStep: present(row.bestStep),
  reason: present(row.reason),
  cause: present(row.cause),
  checkpoint: present(row.checkpoint),
})

/** A cancelled trial is run again when its campaign goes on; the others are final. */
const isFinal = (status: Status) => status === "completed" || status === "infeasible" || status === "failed"

const unsealed = (curve: ReadonlyArray<Measurement>): ReadonlyArray<Measurement> =>
  curve.flatMap(({ step, metrics }) => {
    const shown = Object.entries(metrics).filter(([name]) => !isSealed(name))
    return shown.length === 0 ? [] : [{ step, metrics: Object.fromEntries(shown) }]
  })

const now = Effect.sync(() => new Date().toISOString())

export const trialStatements = (sql: SqlClient.SqlClient) => {
  const at = (key: TrialKey) => sql`campaign = ${key.campaign} AND study = ${key.study} AND idx = ${key.index}`

  const trial = (key: TrialKey) =>
    Effect.map(sql<StoredTrial>`SELECT * FROM trials WHERE ${at(key)}`, (rows) =>
      rows[0] === undefined ? null : trialOf(rows[0]),
    )

  const wholeCurve = (key: TrialKey) =>
    Effect.map(
      sql<{ step: number; metrics: string }>`SELECT step, metrics FROM measurements WHERE ${at(key)} ORDER BY step`,
      (rows): ReadonlyArray<Measurement> =>
        rows.map((row) => ({ step: row.step, metrics: decodeMetrics(row.metrics) })),
    )

  const measurements = (key: TrialKey) => Effect.map(wholeCurve(key), unsealed)

  /** Runs `write` in one transaction, and only while `fence` is the trial's newest. */
  const whileHeld = <A, E>(key: TrialKey, fence: number, write: Effect.Effect<A, E>) =>
    sql.withTransaction(
      Effect.gen(function* () {
        const held = yield* sql`UPDATE trials SET fence = fence WHERE ${at(key)} AND fence = ${fence}
          AND status = 'running' RETURNING fence`
        if (held.length === 0) return yield* new Fenced({ study: key.study, index: key.index, fence })
        return yield* write
      }),
    )

  const insert = (key: TrialKey, measured: ReadonlyArray<Measurement>) =>
    Effect.forEach(
      measured,
      (one) => sql`INSERT INTO measurements (campaign, study, idx, step, metrics)
        VALUES (${key.campaign}, ${key.study}, ${key.index}, ${one.step}, ${encodeMetrics(one.metrics)})
        ON CONFLICT (campaign, study, idx, step) DO UPDATE SET metrics = excluded.metrics`,
      { discard: true },
    )

  return {
    trial,

    /** A trial's curve, without what is sealed: the one way in which anything that judges or shows reads it. */
    measurements,

    /** The same with what the program reported of the test set: for writing it back whole, and for nothing else. */
    wholeCurve,

    /** Takes the trial for one attempt, with a fence above every earlier one, or says how it already ended. */
    claim: (key: TrialKey, hyperparameters: Hyperparameters, seeds: Readonly<Record<string, number>>) =>
      sql.withTransaction(
        Effect.gen(function* () {
          const known = yield* trial(key)
          if (known !== null && isFinal(known.status))
            return { claimed: false, outcome: outcomeOf(known) } satisfies Claim
          const startedAt = yield* now
          const rows = yield* sql<{ fence: number }>`INSERT INTO trials
            (campaign, study, idx, hyperparameters, seeds, status, fence, started_at)
            VALUES (${key.campaign}, ${key.study}, ${key.index}, ${JSON.stringify(hyperparameters)},
              ${JSON.stringify(seeds)}, 'running', 1, ${startedAt})
            ON CONFLICT (campaign, study, idx) DO UPDATE SET
              fence = trials.fence + 1, status = 'running', reason = NULL, cause = NULL, finished_at = NULL
            RETURNING fence`
          return { claimed: true, fence: rows[0]!.fence } satisfies Claim
        }),
      ),

    /** An attempt begins: what earlier ones measured after the step it resumes from is superseded. */
    begin: (key: TrialKey, fence: number, resumedFromStep: number | null) =>
      whileHeld(
        key,
        fence,
        Effect.asVoid(sql`DELETE FROM measurements WHERE ${at(key)} AND step > ${resumedFromStep ?? -1}`),
      ),

    /** What the program said of itself. */
    describe: (key: TrialKey, fence: number, started: Started) =>
      whileHeld(
        key,
        fence,
        Effect.asVoid(sql`UPDATE trials SET started = ${JSON.stringify(started)} WHERE ${at(key)}`),
      ),

    measure: (key: TrialKey, fence: number, measured: ReadonlyArray<Measurement>) =>
      whileHeld(key, fence, insert(key, measured)),

    /** Promotes the result: the trial's one curve, its outcome and the end of the attempt, in one transaction. */
    finish: (key: TrialKey, fence: number, outcome: Outcome, curve: ReadonlyArray<Measurement>, seconds: number) =>
      whileHeld(
        key,
        fence,
        Effect.gen(function* () {
          yield* sql`DELETE FROM measurements WHERE ${at(key)}`
          yield* insert(key, curve)
          const at_ = yield* now
          yield* sql`UPDATE trials SET status = ${outcome.status}, value = ${outcome.value ?? null},
            best_step = ${outcome.bestStep ?? null}, reason = ${outcome.reason ?? null}, cause = ${outcome.cause ?? null},
            checkpoint = ${outcome.checkpoint ?? null}, seconds = ${seconds}, finished_at = ${at_} WHERE ${at(key)}`
        }),
      ),

    /** Every trial of the campaign, or of one study, by index. */
    trials: (campaign: string, study?: string) =>
      Effect.map(
        study === undefined
          ? sql<StoredTrial>`SELECT * FROM trials WHERE campaign = ${campaign} ORDER BY study, idx`
          : sql<StoredTrial>`SELECT * FROM trials WHERE campaign = ${campaign} AND study = ${study} ORDER BY idx`,
        (rows): ReadonlyArray<TrialRow> => rows.map(trialOf),
      ),

    /** The indexes of a study's trials that need not run again. */
    finished: (campaign: string, study: string) =>
      Effect.map(
        sql<{ idx: number }>`SELECT idx FROM trials WHERE campaign = ${campaign} AND study = ${study}
          AND status IN ('completed', 'infeasible', 'failed') ORDER BY idx`,
        (rows): ReadonlyArray<number> => rows.map((row) => row.idx),
      ),
  }
}
