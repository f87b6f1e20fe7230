import { Effect } from "effect"
import type { SqlClient } from "effect/sql"
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

export const decisionStatements = (sql: SqlClient.SqlClient) => {
  const decision = (campaign: string, key: string) =>
    Effect.map(sql<StoredDecision>`SELECT * FROM decisions WHERE campaign = ${campaign} AND key = ${key}`, (rows) =>
      rows[0] === undefined ? null : decisionOf(rows[0]),
    )
  return {
    decision,

    /** The first to decide wins and everybody reads that: decisions are recorded, not recomputed. */
    decide: (campaign: string, made: Omit<DecisionRow, "decidedAt">) =>
      Effect.gen(function* () {
        const at = yield* Effect.sync(() => new Date().toISOString())
        yield* sql`INSERT INTO decisions (campaign, key, rule, inputs, outcome, decided_at)
          VALUES (${campaign}, ${made.key}, ${made.rule}, ${JSON.stringify(made.inputs)},
            ${JSON.stringify(made.outcome)}, ${at}) ON CONFLICT DO NOTHING`
        const stored = yield* decision(campaign, made.key)
        return stored ?? { ...made, decidedAt: at }
      }),

    decisions: (campaign: string) =>
      Effect.map(
        sql<StoredDecision>`SELECT * FROM decisions WHERE campaign = ${campaign} ORDER BY decided_at, key`,
        (rows) => rows.map(decisionOf),
      ),
  }
}
