import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { ExperimentRecord } from "../src/index.ts"

/** The tables as they were while every piece of work was a goal. */
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
  INSERT INTO campaigns VALUES ('c', 'digits', '/d', 'campaign.ts', '{"goals":[{"question":"a"}]}', 'running', NULL, '2026', NULL);
  INSERT INTO goals VALUES ('c', 1, '{"question":"a"}');
  INSERT INTO goals VALUES ('c', 2, '{"question":"b"}');
`

test("a record of before there were kinds of work holds goals, in its spec and on its agenda", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-agenda-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, "record.sqlite")
  const old = new DatabaseSync(file)
  old.exec(FIRST_TABLES)
  old.close()
  const read = Effect.gen(function* () {
    const record = yield* ExperimentRecord
    return { agenda: yield* record.goals("c"), spec: (yield* record.campaign("c"))?.spec }
  })
  const { agenda, spec } = await Effect.runPromise(Effect.provide(read, ExperimentRecord.layer(file)))
  expect(agenda).toEqual([
    { kind: "goal", question: "a" },
    { kind: "goal", question: "b" },
  ])
  expect(spec?.goals).toEqual([{ kind: "goal", question: "a" }])
})
