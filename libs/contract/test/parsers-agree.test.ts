import { Arbitrary, Effect, type Schema } from "effect"
import { expect, test } from "vitest"
import { encodeTrialFile, parseEvent, parseTrialFile } from "../src/index.ts"
import { EventLineSchema, TrialFileSchema } from "../src/schema.ts"

// Programs read both files without the schemas' library: whatever a schema allows, the reader has to take.
const everyOne = <S extends Schema.Constraint>(schema: S, holds: (value: S["Type"]) => boolean) =>
  Effect.runPromise(Arbitrary.checkEffect(Arbitrary.schema(schema), holds, { runs: 200, seed: "contract" }))

test("every trial file of the schema is read as it was written", async () => {
  const result = await everyOne(TrialFileSchema, (trial) => {
    // The one rule that spans two fields is the reader's alone.
    const alone = { ...trial, host: { ...trial.host, index: 0 } }
    const text = encodeTrialFile(alone)
    const parsed = parseTrialFile(text)
    return parsed.ok && encodeTrialFile(parsed.value) === text
  })
  expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
})

test("every line of the schema is read as the event that it names", async () => {
  const result = await everyOne(EventLineSchema, (line) => {
    const written = line.type === "metrics" ? { ...line, "valid/error": 0.5 } : line
    const bare = line.type === "predictions" && line.path === undefined && line.examples === undefined
    const { event } = parseEvent(JSON.stringify(written))
    return bare ? event === undefined : event?.type === line.type
  })
  expect(Arbitrary.formatCheckFailure(result)).toBeUndefined()
})
