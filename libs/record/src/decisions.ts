import { Effect } from "effect"
import type { SqlClient } from "effect/sql"
import type { DecisionKey } from "./keys.ts"
import type { DecisionRow } from "./rows.ts"

interface StoredDecision {
  readonly key: string
  readonly rule: string
  readonly inputs: string
  readonly outcome: string
  readonly decided_at: string
}

const decisionOf = (row: StoredDecision): DecisionRow => ({
  key: row.key,
  rule: row.rule,
  inputs: JSON.parse(row.inputs),
  outcome: JSON.parse(row.outcome),
  decidedAt: row.decided_at,
})

/** What was decided under that key, or undefined. The one place where a stored outcome becomes what its key says. */
export const decisionIn = <Outcome>(
  decisions: ReadonlyArray<DecisionRow>,
  { text }: DecisionKey<Outcome>,
): DecisionRow<Outcome> | undefined => decisions.find(({ key }) => key === text) as DecisionRow<Outcome> | undefined

/** A decision that is to be stored. */
export interface Decided<Outcome> {
  readonly key: DecisionKey<Outcome>
  readonly rule: string
  readonly inputs: unknown
  readonly outcome: Outcome
}

export const decisionStatements = (sql: SqlClient.SqlClient) => {
  const decision = <Outcome>(campaign: string, key: DecisionKey<Outcome>) =>
    Effect.map(
      sql<StoredDecision>`SELECT * FROM decisions WHERE campaign = ${campaign} AND key = ${key.text}`,
      (rows) => decisionIn(rows.map(decisionOf), key) ?? null,
    )
  return {
    decision,

    /** The first to decide wins and everybody reads that: decisions are recorded, not recomputed. */
    decide: <Outcome>(campaign: string, { key, rule, inputs, outcome }: Decided<Outcome>) =>
      Effect.gen(function* () {
        const decidedAt = yield* Effect.sync(() => new Date().toISOString())
        yield* sql`INSERT INTO decisions (campaign, key, rule, inputs, outcome, decided_at)
          VALUES (${campaign}, ${key.text}, ${rule}, ${JSON.stringify(inputs)},
            ${JSON.stringify(outcome)}, ${decidedAt}) ON CONFLICT DO NOTHING`
        const stored = yield* decision(campaign, key)
        return stored ?? { key: key.text, rule, inputs, outcome, decidedAt }
      }),

    /** In the order in which they were made. */
    decisions: (campaign: string) =>
      Effect.map(
        sql<StoredDecision>`SELECT * FROM decisions WHERE campaign = ${campaign} ORDER BY decided_at, key`,
        (rows) => rows.map(decisionOf),
      ),
  }
}
