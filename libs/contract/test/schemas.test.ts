import { readFileSync } from "node:fs"
import { Schema } from "effect"
import { expect, test } from "vitest"
import { encodeEvent, encodeTrialFile, fillArgv, missingDuties, parseTrialFile, type TrialFile } from "../src/index.ts"
import { EventLineSchema, referenceSchemas, TrialFileSchema } from "../src/schema.ts"

const trial: TrialFile = {
  version: 1,
  task: "train",
  trial: "t1",
  hyperparameters: { learning_rate: 0.1, optimizer: "adam", use_dropout: false },
  maxTrainSteps: 800,
  evalEverySteps: 25,
  stepUnit: "step",
  seeds: { init: 1, data: 2, dropout: 4294967295 },
  checkpointDir: "/tmp/c",
  resumeFrom: null,
  split: "valid",
  limits: { wallSeconds: 60 },
  keepCheckpoints: 2,
  metric: { name: "valid/error", goal: "minimize" },
  host: { index: 0, count: 1 },
}

test("a trial file is read back as it was written, and its schema agrees", () => {
  const text = encodeTrialFile({ ...trial, warmupSteps: 100, schedule: { type: "linear", endFactor: 0.01 } })
  const parsed = parseTrialFile(text)
  expect(parsed).toMatchObject({ ok: true, value: { warmupSteps: 100, seeds: trial.seeds } })
  expect(Schema.decodeUnknownSync(TrialFileSchema)(JSON.parse(text))).toMatchObject({ trial: "t1" })
})

const refusals: ReadonlyArray<readonly [change: Record<string, unknown>, why: string]> = [
  [{ maxTrainSteps: 0 }, "maxTrainSteps is 0, wanted: a whole number above 0"],
  [{ task: "test" }, 'task is "test", wanted: "train" or "evaluate"'],
  [{ seeds: { init: 1, data: 2 } }, "seeds is"],
  [{ seeds: { init: 1, data: 2, dropout: -1 } }, "seeds is"],
  [{ hyperparameters: { learning_rate: null } }, "hyperparameters is"],
  [{ host: { index: 1, count: 1 } }, "host is"],
  [{ schedule: { type: "step" } }, "schedule is"],
  [{ version: 2 }, "version is 2"],
]

test.each(refusals)("%j is refused by the parser and by the schema, the field named", (change, why) => {
  const parsed = parseTrialFile(JSON.stringify({ ...trial, ...change }))
  expect(parsed).toMatchObject({ ok: false, why: expect.stringContaining(why) })
  // The schema leaves the one rule that spans two fields (index below count) to the parser.
  if (!("host" in change)) {
    expect(() => Schema.decodeUnknownSync(TrialFileSchema)({ ...trial, ...change })).toThrow()
  }
})

test("what is encoded as an event passes the schema of its line", () => {
  const decode = Schema.decodeUnknownSync(EventLineSchema)
  expect(decode(JSON.parse(encodeEvent({ type: "metrics", step: 1, metrics: { a: NaN } })))).toMatchObject({ step: 1 })
  expect(decode(JSON.parse(encodeEvent({ type: "started", honours: ["seeds"], about: {} })))).toMatchObject({
    honours: ["seeds"],
  })
  expect(() => decode({ type: "checkpoint", step: 1.5, path: "x" })).toThrow()
})

test("docs/reference carries the schemas as they are now (node libs/contract/write-reference.ts)", () => {
  for (const [name, schema] of Object.entries(referenceSchemas())) {
    const file = new URL(`../../../docs/reference/${name}`, import.meta.url)
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(schema)))
  }
})

test("a duty that was not declared is missing; without a started event all are", () => {
  expect(missingDuties(["seeds", "resume"], { type: "started", honours: ["seeds"], about: {} })).toEqual(["resume"])
  expect(missingDuties(["seeds"], undefined)).toEqual(["seeds"])
})

test("argv: values are put in place, inactive options vanish, unknown names are refused", () => {
  const values = { learning_rate: 0.1, width: 64, use_dropout: true }
  const argv = [
    "python3",
    "train.py",
    "--lr={learning_rate}",
    "--width",
    "{width}",
    "--rate",
    "{dropout_rate}",
    "--json",
    '{"a":1}',
  ]
  expect(fillArgv(argv, values, ["dropout_rate"])).toEqual({
    ok: true,
    value: ["python3", "train.py", "--lr=0.1", "--width", "64", "--json", '{"a":1}'],
  })
  expect(fillArgv(["x", "{lr}"], values)).toEqual({
    ok: false,
    why: "the command names {lr}, which is none of learning_rate, use_dropout, width",
  })
})
