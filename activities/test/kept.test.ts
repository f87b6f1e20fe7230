import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Attempt } from "@tanren/contract"
import { ExperimentRecord } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import { seedsFor } from "@tanren/terms"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { recordStudies } from "../src/decisions/record-studies.ts"
import { StateFolder } from "../src/state-folder.ts"
import { discardKept, discardOutOfReach, keptBy, outOfReach, putAside, seedsOf } from "../src/train/kept.ts"
import { decodedSpec, simulatedRecord } from "./simulated-runs.ts"

/** A trial's folder with an attempt that announced checkpoints of these steps, files or folders. */
const trialWith = (steps: ReadonlyArray<number>, folders = false) => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-kept-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const pathOf = (step: number) => join(folder, "attempt-0001", "checkpoints", `step-${step}`)
  mkdirSync(join(folder, "attempt-0001", "checkpoints"), { recursive: true })
  for (const step of steps) {
    if (folders) mkdirSync(pathOf(step))
    writeFileSync(folders ? join(pathOf(step), "weights") : pathOf(step), `weights of ${step}`)
  }
  const events = steps.map((step) => ({ type: "checkpoint" as const, step, path: pathOf(step) }))
  const attempts: ReadonlyArray<Attempt> = [{ resumedFrom: null, events }]
  return { folder, pathOf, attempts }
}

test("the checkpoint that was asked for is put aside, and found by whoever goes on from it", async () => {
  const { folder, pathOf, attempts } = trialWith([4, 8, 12])
  expect(await keptBy(folder, 8)).toBeNull()
  await putAside(folder, attempts, 8, { step: 12, path: pathOf(12) })
  const kept = await keptBy(folder, 8)
  expect(readFileSync(kept?.path ?? "", "utf8")).toBe("weights of 8")
  expect(existsSync(pathOf(8))).toBe(false)
  // Asked again, after a kill, it does nothing; nor does what an interrupted one left stand in its way.
  await putAside(folder, attempts, 8, { step: 12, path: pathOf(12) })
  expect(await keptBy(folder, 8)).toEqual(kept)
})

test("where it is the trial's own best as well, both have it; a folder is one checkpoint", async () => {
  const { folder, pathOf, attempts } = trialWith([4, 8], true)
  mkdirSync(join(folder, "kept.unfinished", "half"), { recursive: true })
  await putAside(folder, attempts, 4, { step: 4, path: pathOf(4) })
  expect(readdirSync(join(folder, "kept"))).toEqual(["step-4"])
  expect(readFileSync(join((await keptBy(folder, 4))?.path ?? "", "weights"), "utf8")).toBe("weights of 4")
  expect(existsSync(pathOf(4))).toBe(true)
})

test("a program that kept none leaves none, and that is no error", async () => {
  const { folder, attempts } = trialWith([4, 12])
  await putAside(folder, attempts, 8, undefined)
  expect(await keptBy(folder, 8)).toBeNull()
})

const metric = { name: "valid/loss", goal: "minimize" } as const

test("out of reach is what lies behind as many as go on; of equals any may go on", () => {
  const trials = [0.3, 0.1, 0.2, 0.2, 0.4, null].map((value, index) => ({
    ...{ index, value },
    status: value === null ? ("infeasible" as const) : ("completed" as const),
  }))
  const of = (best: number, always: ReadonlyArray<number> = []) => outOfReach(trials, { step: 8, best, always }, metric)
  expect(of(1)).toEqual([0, 2, 3, 4])
  expect(of(2)).toEqual([0, 4])
  expect(of(4)).toEqual([4])
  expect(of(5)).toEqual([])
  expect(of(6)).toEqual([])
  expect(of(2, [4])).toEqual([0])
  expect(outOfReach(trials, { step: 8, best: 1, always: [] }, { ...metric, goal: "maximize" })).toEqual([0, 1, 2, 3])
  // Whatever is out of reach at one time is so at every later one.
  for (let seen = 1; seen < trials.length; seen++) {
    const before = outOfReach(trials.slice(0, seen), { step: 8, best: 2, always: [] }, metric)
    expect(of(2)).toEqual(expect.arrayContaining([...before]))
  }
})

const run = simulatedRecord()

const design = (id: string, trials: number, more: Partial<StudyDesign> = {}): StudyDesign => ({
  ...{ id, scientific: {}, searched: [], held: { learning_rate: 0.1 }, algorithm: "random", seed: 1, from: 0, trials },
  ...more,
})

const short = design("g1.round-1", 4, { keeps: { step: 8, best: 1, always: [] } })
const goesOn = [null, { study: "g1.round-1", index: 2, step: 8 }]
const middle = design("g1.round-2", 2, { goesOn, keeps: { step: 16, best: 1, always: [0] } })
const long = design("g1.round-3", 1, { goesOn: [{ study: "g1.round-2", index: 1, step: 16 }] })

const opened = Effect.fnUntraced(function* (id: string) {
  const spec = decodedSpec({
    name: id,
    trainer: { type: "program", command: ["python3", "train.py"] },
    metric,
    maxTrainSteps: 24,
    evalEverySteps: 4,
    hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
    baseline: { learning_rate: 0.1 },
    goals: [{ question: "How low?", trials: 8 }],
  })
  yield* (yield* ExperimentRecord).openCampaign({ id, name: id, directory: ".", file: "campaign.json", spec }, [])
  yield* recordStudies(id, 1, "search", [short, middle, long])
})

test("what goes on has the seeds of the run that it goes on from, however many lengths lie between", async () => {
  const campaign = "seeds"
  const [own, second, third] = await run(
    Effect.gen(function* () {
      yield* opened(campaign)
      return [
        yield* seedsOf(7, middle, { campaign, study: middle.id, index: 0 }),
        yield* seedsOf(7, middle, { campaign, study: middle.id, index: 1 }),
        yield* seedsOf(7, long, { campaign, study: long.id, index: 0 }),
      ]
    }),
  )
  const first = seedsFor({ campaign: 7, study: "g1.round-1", trial: 2, repeat: 0 })
  expect(second).toEqual(first)
  expect(third).toEqual(first)
  expect(own).toEqual(seedsFor({ campaign: 7, study: "g1.round-2", trial: 0, repeat: 0 }))
})

test("what is put aside is bounded while the round runs, and gone when its longer runs have ended", async () => {
  const campaign = "disk"
  const seen = await run(
    Effect.gen(function* () {
      yield* opened(campaign)
      const record = yield* ExperimentRecord
      const state = yield* StateFolder
      const kept = (index: number) => join(state.trial({ campaign, study: short.id, index }), "kept")
      const left: Array<ReadonlyArray<number>> = []
      const look = () => left.push([0, 1, 2, 3].filter((index) => existsSync(kept(index))))
      for (const [index, value] of [0.4, 0.2, 0.3, 0.1].entries()) {
        const key = { campaign, study: short.id, index }
        const claim = yield* record.claim(key, { learning_rate: 0.1 }, { init: index })
        if (!claim.claimed) throw new Error("ran before")
        mkdirSync(kept(index), { recursive: true })
        yield* record.finish(key, claim.fence, { status: "completed", value, bestStep: 24 }, [], 1)
        yield* discardOutOfReach(campaign, short, metric)
        look()
      }
      yield* discardKept(campaign, yield* record.studies(campaign))
      look()
      return left
    }),
  )
  expect(seen).toEqual([[0], [1], [1], [3], []])
})
