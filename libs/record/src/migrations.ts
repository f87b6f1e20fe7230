import { causeOf } from "@tanren/terms"
import { Effect } from "effect"
import { Migrator, SqlClient } from "effect/sql"
import { readOldLineage } from "./old-lineage.ts"

/** Written in the SQL that SQLite and PostgreSQL share. JSON is kept as text: read whole, never queried into. */
const firstTables = [
  `CREATE TABLE campaigns (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, directory TEXT NOT NULL, file TEXT NOT NULL,
    spec TEXT NOT NULL, status TEXT NOT NULL, note TEXT, started_at TEXT NOT NULL, finished_at TEXT
  )`,
  `CREATE TABLE goals (
    campaign TEXT NOT NULL REFERENCES campaigns(id), ordinal INTEGER NOT NULL, goal TEXT NOT NULL,
    PRIMARY KEY (campaign, ordinal)
  )`,
  `CREATE TABLE studies (
    campaign TEXT NOT NULL REFERENCES campaigns(id), id TEXT NOT NULL, goal INTEGER NOT NULL,
    purpose TEXT NOT NULL, design TEXT NOT NULL, trials INTEGER NOT NULL,
    PRIMARY KEY (campaign, id)
  )`,
  `CREATE TABLE trials (
    campaign TEXT NOT NULL, study TEXT NOT NULL, idx INTEGER NOT NULL,
    hyperparameters TEXT NOT NULL, seeds TEXT NOT NULL, status TEXT NOT NULL, fence INTEGER NOT NULL,
    value DOUBLE PRECISION, best_step INTEGER, reason TEXT, checkpoint TEXT, started TEXT,
    seconds DOUBLE PRECISION, started_at TEXT NOT NULL, finished_at TEXT,
    PRIMARY KEY (campaign, study, idx)
  )`,
  `CREATE TABLE measurements (
    campaign TEXT NOT NULL, study TEXT NOT NULL, idx INTEGER NOT NULL, step INTEGER NOT NULL, metrics TEXT NOT NULL,
    PRIMARY KEY (campaign, study, idx, step)
  )`,
  `CREATE TABLE decisions (
    campaign TEXT NOT NULL REFERENCES campaigns(id), key TEXT NOT NULL, rule TEXT NOT NULL,
    inputs TEXT NOT NULL, outcome TEXT NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (campaign, key)
  )`,
]

/** Until then what belonged together was told by the text of ids: `g1.x=0.` begins `g1.x=0.5.reruns`, too. */
const lineage = [
  "ALTER TABLE studies ADD COLUMN round INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE studies ADD COLUMN base TEXT",
  "ALTER TABLE studies ADD COLUMN scientific TEXT NOT NULL DEFAULT '{}'",
]

const steps = {
  "0001_first_tables": Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    for (const table of firstTables) yield* sql.unsafe(table)
  }),
  "0002_lineage_of_studies": Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    for (const column of lineage) yield* sql.unsafe(column)
    yield* readOldLineage
  }),
  "0003_kinds_of_work": Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql.unsafe("ALTER TABLE goals ADD COLUMN kind TEXT NOT NULL DEFAULT 'goal'")
  }),
  "0004_causes_of_trials": Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql.unsafe("ALTER TABLE trials ADD COLUMN cause TEXT")
    const told = yield* sql<{ reason: string | null }>`SELECT DISTINCT reason FROM trials WHERE status = 'infeasible'`
    for (const { reason } of told) {
      const cause = causeOf(reason ?? undefined)
      yield* sql`UPDATE trials SET cause = ${cause} WHERE status = 'infeasible' AND COALESCE(reason, '') = ${reason ?? ""}`
    }
  }),
}

const loader = Migrator.fromRecord(steps)

/** Brings the record to the newest form; several processes may do it at once. */
export const migrate = Migrator.make({})({ loader, table: "migrations" })

/** A record that a later version changed in ways that this one does not know; undefined where there is none. */
export const laterChange = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql<{
    name: string
  }>`SELECT name FROM migrations WHERE migration_id > ${Object.keys(steps).length}
    ORDER BY migration_id`
  return rows[0]?.name
})
