import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { ExperimentRecord } from "../src/index.ts"

/** The first tables, as records of before the migrations have them. */
const FIRST_TABLES = `
  CREATE TABLE migrations (
    migration_id integer PRIMARY KEY NOT NULL, created_at datetime NOT NULL DEFAULT current_timestamp, name VARCHAR(255)
  );
  INSERT INTO migrations (migration_id, name) VALUES (1, 'first_tables');
  CREATE TABLE campaigns (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, directory TEXT NOT NULL, file TEXT NOT NULL,
    spec TEXT NOT NULL, status TEXT NOT NULL, note TEXT, started_at TEXT NOT NULL, finished_at TEXT
  );
  CREATE TABLE goals (
    campaign TEXT NOT NULL REFERENCES campaigns(id), ordinal INTEGER NOT NULL, goal TEXT NOT NULL,
    PRIMARY KEY (campaign, ordinal)
  );
  CREATE TABLE studies (
    campaign TEXT NOT NULL REFERENCES campaigns(id), id TEXT NOT NULL, goal INTEGER NOT NULL,
    purpose TEXT NOT NULL, design TEXT NOT NULL, trials INTEGER NOT NULL,
    PRIMARY KEY (campaign, id)
  );
  CREATE TABLE decisions (
    campaign TEXT NOT NULL REFERENCES campaigns(id), key TEXT NOT NULL, rule TEXT NOT NULL,
    inputs TEXT NOT NULL, outcome TEXT NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (campaign, key)
  );
  CREATE TABLE trials (
    campaign TEXT NOT NULL, study TEXT NOT NULL, idx INTEGER NOT NULL,
    hyperparameters TEXT NOT NULL, seeds TEXT NOT NULL, status TEXT NOT NULL, fence INTEGER NOT NULL,
    value DOUBLE PRECISION, best_step INTEGER, reason TEXT, checkpoint TEXT, started TEXT,
    seconds DOUBLE PRECISION, started_at TEXT NOT NULL, finished_at TEXT,
    PRIMARY KEY (campaign, study, idx)
  );
  INSERT INTO trials (campaign, study, idx, hyperparameters, seeds, status, fence, reason, started_at) VALUES
    ('c', 'g1.all', 0, '{}', '{}', 'infeasible', 1, 'CUDA out of memory', '2026'),
    ('c', 'g1.all', 1, '{}', '{}', 'infeasible', 1, NULL, '2026'),
    ('c', 'g1.all', 2, '{}', '{}', 'completed', 1, NULL, '2026');
  INSERT INTO campaigns VALUES ('c', 'digits', '/d', 'campaign.ts', '{"goals":[{"question":"a"}]}', 'running', NULL, '2026', NULL);
  INSERT INTO decisions VALUES ('c', 'goal-1/design', 'design@0', '{}', '{"studies":[{"id":"g1.all","held":{}}]}', '2026');
  INSERT INTO studies VALUES ('c', 'g1.all', 1, 'search', '{"id":"g1.all","held":{}}', 3);
  INSERT INTO studies VALUES ('c', 'g1.all.r2', 1, 'search', '{"id":"g1.all.r2"}', 3);
  INSERT INTO goals VALUES ('c', 1, '{"question":"a"}');
  INSERT INTO goals VALUES ('c', 2, '{"question":"b"}');
`

const oldRecord = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-agenda-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, "record.sqlite")
  const old = new DatabaseSync(file)
  old.exec(FIRST_TABLES)
  old.close()
  return file
}

test("a record of before there were kinds of work holds goals, in its spec and on its agenda", async () => {
  const read = Effect.gen(function* () {
    const record = yield* ExperimentRecord
    return { agenda: yield* record.goals("c"), spec: (yield* record.campaign("c"))?.spec }
  })
  const { agenda, spec } = await Effect.runPromise(Effect.provide(read, ExperimentRecord.layer(oldRecord())))
  expect(agenda).toEqual([
    { kind: "goal", question: "a" },
    { kind: "goal", question: "b" },
  ])
  expect(spec?.goals).toEqual([{ kind: "goal", question: "a" }])
})

test("studies whose goal was designed before roles were recorded have their lineage all the same", async () => {
  const read = Effect.gen(function* () {
    return yield* (yield* ExperimentRecord).studies("c")
  })
  const studies = await Effect.runPromise(Effect.provide(read, ExperimentRecord.layer(oldRecord())))
  expect(studies.map(({ id, round, of, scientific }) => ({ id, round, of, scientific }))).toEqual([
    { id: "g1.all", round: 0, of: null, scientific: {} },
    { id: "g1.all.r2", round: 2, of: "g1.all", scientific: {} },
  ])
})

test("an infeasible trial of before causes were kept has the cause that its reason told of", async () => {
  const read = Effect.gen(function* () {
    return yield* (yield* ExperimentRecord).trials("c")
  })
  const trials = await Effect.runPromise(Effect.provide(read, ExperimentRecord.layer(oldRecord())))
  expect(trials.map(({ cause }) => cause)).toEqual(["memory", "diverged", null])
})
