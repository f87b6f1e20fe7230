import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { decodeCampaign } from "@tanren/playbook/schema"
import { ExperimentRecord } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import { Effect, Layer, ManagedRuntime } from "effect"
import { expect, onTestFinished, test, vi } from "vitest"
import { recordStudies } from "../src/decisions/record-studies.ts"
import { cpuSlots, Devices } from "../src/devices.ts"
import { StateFolder, statePaths } from "../src/state-folder.ts"
import { train } from "../src/train/train.ts"

// Nothing is timed: the limit only ends what will never end.
vi.setConfig({ testTimeout: 1_800_000 })

const SCRIPT = fileURLToPath(new URL("./programs/prolonged.ts", import.meta.url))

const campaign = {
  name: "prolonged",
  seed: 5,
  trainer: { type: "tensorflow", script: SCRIPT, backend: "cpu" },
  metric: { name: "valid/loss", goal: "minimize" },
  maxTrainSteps: 20,
  evalEverySteps: 4,
  hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
  baseline: { learning_rate: 0.05 },
  goals: [{ question: "How low?", trials: 8 }],
  limits: { graceSeconds: 1, tries: 3, keepCheckpoints: 1 },
}

/** The last evaluation before the shorter trial's decay begins, at 10. */
const AT = 8
const decaying = (maxTrainSteps: number) => ({
  maxTrainSteps,
  schedule: { type: "linear" as const, endFactor: 0.1, decayStart: maxTrainSteps - 10 },
})

const studyOf = (id: string, more: Partial<StudyDesign>): StudyDesign => ({
  ...{ id, scientific: {}, searched: [], held: { learning_rate: 0.3 }, algorithm: "listed", seed: 0, from: 0 },
  ...{ trials: 1, points: [{}], ...more },
})

const short = studyOf("g1.round-1", { training: decaying(20), keeps: { step: AT, best: 1, always: [] } })
const long = studyOf("g1.round-2", {
  training: decaying(36),
  goesOn: [{ study: "g1.round-1", index: 0, step: AT }],
})

/** The shorter trial, and then the longer one, in a folder of their own. */
const bothIn = async (name: string) => {
  const above = mkdtempSync(join(tmpdir(), "tanren-prolonged-"))
  const folder = join(above, name)
  mkdirSync(folder)
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(
      ExperimentRecord.layer(join(folder, "record.sqlite")),
      StateFolder.layer(folder),
      Devices.layer(cpuSlots(1, 1)),
    ),
  )
  onTestFinished(async () => {
    await runtime.dispose()
    rmSync(above, { recursive: true, force: true, maxRetries: 20 })
  })
  const decoded = decodeCampaign(campaign)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  const { spec } = decoded
  const id = "prolonged"
  const keyOf = (study: StudyDesign) => ({ campaign: id, study: study.id, index: 0 })
  await runtime.runPromise(
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      yield* record.openCampaign({ id, name: id, directory: ".", file: "campaign.json", spec }, [])
      yield* recordStudies(id, 1, "search", [short, long])
    }),
  )
  expect(await runtime.runPromise(train(keyOf(short), () => {}))).toMatchObject({ status: "completed" })
  const paths = statePaths(folder)
  return {
    /** Where the shorter trial's checkpoint was put aside. */
    kept: join(paths.trial(keyOf(short)), "kept"),
    attempt: () => runtime.runPromise(train(keyOf(long), () => {})),
    /** What must not hang on how the longer trial came about. */
    outcome: () =>
      runtime.runPromise(
        Effect.gen(function* () {
          const record = yield* ExperimentRecord
          const row = yield* record.trial(keyOf(long))
          const curve = yield* record.measurements(keyOf(long))
          return { status: row?.status, value: row?.value, bestStep: row?.bestStep, seeds: row?.seeds, curve }
        }),
      ),
    events: (fence: number): ReadonlyArray<Record<string, unknown>> =>
      readFileSync(join(paths.attempt(keyOf(long), fence), "events.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

test("a longer trial goes on from a shorter one, and comes to the same, to the last bit, as from its first step", async () => {
  const whole = await bothIn("whole")
  rmSync(whole.kept, { recursive: true })
  expect(await whole.attempt()).toMatchObject({ status: "completed" })
  expect(whole.events(1)[0]).not.toHaveProperty("resumedFrom")
  const wanted = await whole.outcome()
  expect(wanted.curve.map(({ step }) => step)).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 36])

  const prolonged = await bothIn("prolonged")
  expect(readdirSync(prolonged.kept)).toEqual(["step-000000008.checkpoint"])
  expect(await prolonged.attempt()).toMatchObject({ status: "completed" })
  const events = prolonged.events(1)
  expect(events[0]).toMatchObject({ type: "started", resumedFrom: AT })
  expect(events.find(({ type }) => type === "metrics")).toMatchObject({ step: 12 })
  expect(await prolonged.outcome()).toEqual(wanted)
  // Another trial may go on from it too, until the round's longer trials have ended.
  expect(existsSync(prolonged.kept)).toBe(true)

  const damaged = await bothIn("damaged")
  for (const file of readdirSync(damaged.kept)) truncateSync(join(damaged.kept, file), 40)
  expect(await damaged.attempt()).toMatchObject({ status: "completed" })
  expect(damaged.events(1)[0]).toMatchObject({ type: "started", resumedFrom: 0 })
  expect(damaged.events(1)[1]).toMatchObject({ type: "warning", message: expect.stringContaining("beginning anew") })
  expect(await damaged.outcome()).toEqual(wanted)

  const disturbed = await bothIn("disturbed")
  const crash = { status: "crashed", reason: expect.stringContaining("a crash on purpose") }
  const wentOnFrom: Array<unknown> = []
  for (const [at, ended] of [crash, crash, { status: "completed" }].entries()) {
    expect(await disturbed.attempt()).toMatchObject(ended)
    wentOnFrom.push(disturbed.events(at + 1)[0]?.resumedFrom)
  }
  // Before it had a checkpoint of its own it went on from the shorter trial's again.
  expect(wentOnFrom).toEqual([AT, AT, 20])
  expect(await disturbed.outcome()).toEqual(wanted)
})
