import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { CampaignSpec, Goal } from "@tanren/playbook"
import type { Measurement } from "@tanren/terms"
import { Effect, Fiber, ManagedRuntime } from "effect"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ExperimentRecord, keys } from "../src/index.ts"

const folder = mkdtempSync(join(tmpdir(), "tanren-record-"))
const file = join(folder, "record.sqlite")
const first = ManagedRuntime.make(ExperimentRecord.layer(file))
const second = ManagedRuntime.make(ExperimentRecord.layer(file))
const ask = <A, E>(use: (record: ExperimentRecord["Service"]) => Effect.Effect<A, E>, runtime = first) =>
  runtime.runPromise(Effect.flatMap(ExperimentRecord, use))
const refused = <A, E>(use: (record: ExperimentRecord["Service"]) => Effect.Effect<A, E>) =>
  first.runPromise(Effect.flip(Effect.flatMap(ExperimentRecord, use)))

const key = { campaign: "c", study: "g1", index: 0 }
const specOf = (seed: number) => ({ seed, goals: [goal("a")] }) as unknown as CampaignSpec
const goal = (question: string) => ({ kind: "goal", question }) as Goal

beforeAll(async () => {
  const campaign = { id: "c", name: "digits", directory: "/d", file: "campaign.ts", spec: specOf(1) }
  await ask((record) => record.openCampaign(campaign, [goal("a")]))
})
afterAll(async () => {
  await first.dispose()
  await second.dispose()
  rmSync(folder, { recursive: true })
})

describe("record on SQLite", () => {
  test("a record that another process is making is opened when that is done", async () => {
    const fresh = join(folder, "fresh.sqlite")
    const other = new DatabaseSync(fresh)
    other.exec("BEGIN IMMEDIATE")
    const campaigns = Effect.provide(
      Effect.flatMap(ExperimentRecord, (record) => record.campaigns()),
      ExperimentRecord.layer(fresh),
    )
    const opened = await Effect.runPromise(
      Effect.gen(function* () {
        const fiber = yield* Effect.forkChild(campaigns)
        yield* Effect.sleep("120 millis")
        other.close()
        return yield* Fiber.join(fiber)
      }),
    )
    expect(opened).toEqual([])
  })

  test("a newer attempt fences off the older one, from another process too", async () => {
    const older = await ask((record) => record.claim(key, { lr: 0.1 }, { init: 1 }))
    const newer = await ask((record) => record.claim(key, { lr: 0.1 }, { init: 1 }), second)
    if (!older.claimed || !newer.claimed) throw new Error("both attempts should claim a running trial")
    expect(newer.fence).toBeGreaterThan(older.fence)
    const late = await refused((record) => record.measure(key, older.fence, [{ step: 1, metrics: { loss: 1 } }]))
    expect(late).toMatchObject({ _tag: "Fenced", fence: older.fence })
    expect(await ask((record) => record.measurements(key))).toEqual([])
  })

  test("non-finite metrics come back as they were, later steps of an earlier attempt are superseded", async () => {
    const claim = await ask((record) => record.claim(key, { lr: 0.1 }, { init: 1 }))
    if (!claim.claimed) throw new Error("the trial is still running")
    const at = (step: number, loss: number) => ({ step, metrics: { loss } })
    await ask((record) => record.begin(key, claim.fence, null))
    await ask((record) =>
      record.measure(key, claim.fence, [at(10, 0.5), at(20, Number.NaN), at(30, Number.POSITIVE_INFINITY)]),
    )
    await ask((record) => record.begin(key, claim.fence, 20))
    expect(await ask((record) => record.measurements(key))).toEqual([at(10, 0.5), at(20, Number.NaN)])
  })

  test("what was measured on the test set is kept, and sealed from whoever reads curves", async () => {
    const tested = { ...key, index: 77 }
    const claim = await ask((record) => record.claim(tested, { lr: 0.1 }, { init: 1 }))
    if (!claim.claimed) throw new Error("nobody ran it before")
    const curve: ReadonlyArray<Measurement> = [
      { step: 1, metrics: { "valid/error": 0.2, "test/error": 0.3 } },
      { step: 2, metrics: { "test/error": 0.25 } },
    ]
    await ask((record) => record.measure(tested, claim.fence, curve))
    expect(await ask((record) => record.measurements(tested))).toEqual([{ step: 1, metrics: { "valid/error": 0.2 } }])
    expect(await ask((record) => record.wholeCurve(tested))).toEqual(curve)
  })

  test("a result is promoted once; a finished trial is never claimed again", async () => {
    const claim = await ask((record) => record.claim(key, { lr: 0.1 }, { init: 1 }))
    if (!claim.claimed) throw new Error("the trial is still running")
    const outcome = { status: "completed", value: 0.25, bestStep: 10 } as const
    await ask((record) => record.finish(key, claim.fence, outcome, [], 1.5))
    const again = await refused((record) => record.finish(key, claim.fence, { ...outcome, value: 0 }, [], 1))
    expect(again._tag).toBe("Fenced")
    expect(await ask((record) => record.claim(key, {}, {}))).toEqual({ claimed: false, outcome })
    expect(await ask((record) => record.finished("c", "g1"))).toEqual([0])
  })

  test("the first decision stands, whatever is decided later", async () => {
    const decide = (outcome: "refine" | "judge") =>
      ask((record) => record.decide("c", { key: keys.refinementWord(1, 1), rule: "word@1", inputs: {}, outcome }))
    expect((await decide("judge")).outcome).toBe("judge")
    expect((await decide("refine")).outcome).toBe("judge")
  })

  test("opening a campaign again leaves its frozen spec and its goals as they were", async () => {
    await ask((record) =>
      record.openCampaign({ id: "c", name: "x", directory: "/e", file: "f", spec: specOf(2) }, [goal("b")]),
    )
    expect((await ask((record) => record.campaign("c")))?.spec).toEqual(specOf(1))
    expect(await ask((record) => record.goals("c"))).toEqual([{ kind: "goal", question: "a" }])
  })

  test("a campaign that a workflow of before there were kinds of work opens has goals", async () => {
    const { kind: _, ...old } = goal("old")
    const campaign = { id: "before", name: "x", directory: "/e", file: "f", spec: specOf(1) }
    await ask((record) => record.openCampaign(campaign, [old as Goal]))
    expect(await ask((record) => record.goals("before"))).toEqual([goal("old")])
  })

  test("two processes write at once without losing a row", async () => {
    const write = (runtime: typeof first, study: string) =>
      Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          ask((record) => record.claim({ campaign: "c", study, index }, {}, {}), runtime),
        ),
      )
    await Promise.all([write(first, "left"), write(second, "right")])
    expect(await ask((record) => record.trials("c", "left"))).toHaveLength(40)
    expect(await ask((record) => record.trials("c", "right"))).toHaveLength(40)
  })
})
