import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { designBaseline, judgeTheBaseline } from "../src/decisions/baseline.ts"
import { codeOf } from "../src/decisions/code.ts"
import { proposeLaunch, settleLaunch } from "../src/decisions/launch.ts"
import { replaceLost } from "../src/decisions/reruns.ts"
import { answer } from "../src/decisions/work/goal/answer.ts"
import { refine } from "../src/decisions/work/goal/insight.ts"
import { designReruns } from "../src/decisions/work/goal/reruns.ts"
import { designStudies } from "../src/decisions/work/goal/studies.ts"
import { decodedSpec, opened, runStudy, simulatedRecord, type Truth } from "./simulated-runs.ts"

const run = simulatedRecord()

const specOf = (repeats: number | { readonly toShow: number; readonly atMost: number }, goals = 1): CampaignSpec =>
  decodedSpec({
    name: "both-sides",
    trainer: { type: "program", command: ["python3", "train.py", "{seeds.init}"] },
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 24,
    evalEverySteps: 1,
    hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
    baseline: { learning_rate: 0.1 },
    goals: Array.from({ length: goals }, (_, at) => ({ question: `How low (${at + 1})?`, trials: 4, repeats })),
    policy: { refine: "never" },
  })

/** A loss of 1 at the baseline, 0.8 elsewhere. */
const truth: Truth = ({ learning_rate }) => (learning_rate === 0.1 ? 1 : 0.8)

const designOf = (id: string, study: string) =>
  Effect.map(
    Effect.flatMap(ExperimentRecord, (record) => record.study(id, study)),
    (row) => row!.design,
  )

const rerun = (id: string, place: number) =>
  Effect.gen(function* () {
    yield* refine(id, place, 1)
    const tickets = yield* designReruns(id, place)
    for (const { study } of tickets) yield* runStudy(id, yield* designOf(id, study), truth)
    return tickets
  })

const launched = (id: string, place: number) =>
  Effect.gen(function* () {
    yield* answer(id, place)
    yield* proposeLaunch(id, place)
    yield* settleLaunch(id, place, null)
    return (yield* (yield* ExperimentRecord).decision(id, keys.proposal(place)))!.outcome
  })

test("a gain to show comes to as many re-runs of both sides as the baseline's spread asks for, once for all", async () => {
  const [tickets, again, made, launch] = await run(
    Effect.gen(function* () {
      yield* opened("shown", specOf({ toShow: 0.001, atMost: 40 }), truth)
      const tickets = yield* rerun("shown", 1)
      const again = yield* designReruns("shown", 1)
      const made = (yield* (yield* ExperimentRecord).decision("shown", keys.reruns(1)))!.outcome
      return [tickets, again, made, yield* launched("shown", 1)] as const
    }),
  )
  const { repeats, noise, shown } = made.chosen!
  expect(noise?.best).toBeCloseTo(0.0008, 4)
  expect(shown).toBe(true)
  expect(repeats).toBeGreaterThan(8)
  expect(tickets.map(({ trials }) => trials)).toEqual([repeats, repeats - 5])
  expect(again.map(({ study }) => study)).toEqual(tickets.map(({ study }) => study))
  expect(launch.candidate.repeats).toHaveLength(repeats)
  expect(launch.baseline.repeats).toHaveLength(repeats)
})

test("both sides get the re-runs, and what was adopted is run anew: the runs that won flatter it", async () => {
  const [tickets, first, again, second] = await run(
    Effect.gen(function* () {
      yield* opened("both", specOf(8, 2), truth)
      const tickets = yield* rerun("both", 1)
      const first = yield* launched("both", 1)
      const { all } = yield* Effect.succeed({ all: yield* designStudies("both", 2) })
      for (const { study } of all) yield* runStudy("both", yield* designOf("both", study), truth)
      const again = yield* rerun("both", 2)
      return [tickets, first, again, yield* launched("both", 2)] as const
    }),
  )
  // The baseline has five runs.
  expect(tickets).toEqual([
    { study: expect.stringContaining("reruns"), trials: 8 },
    { study: "g1.stands.reruns", trials: 3 },
  ])
  expect(first).toMatchObject({ decision: "adopt", candidate: { repeats: { length: 8 } } })
  expect(first.baseline.ids.map((id) => id.split("/")[0])).toEqual([
    ...Array.from({ length: 5 }, () => "baseline"),
    ...Array.from({ length: 3 }, () => "g1.stands.reruns"),
  ])
  expect(again).toContainEqual({ study: "g2.stands.reruns", trials: 8 })
  expect(new Set(second.baseline.ids.map((id) => id.split("/")[0]))).toEqual(new Set(["g2.stands.reruns"]))
})

test("five re-runs need no others of a baseline that has five", async () => {
  const tickets = await run(
    Effect.gen(function* () {
      yield* opened("five", specOf(5), truth)
      return yield* rerun("five", 1)
    }),
  )
  expect(tickets).toHaveLength(1)
})

test("a baseline that other code measured is run again beside the candidates", async () => {
  const [tickets, proposal] = await run(
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      const id = "edited"
      yield* opened(id, specOf(5), truth)
      yield* record.decide(id, { key: keys.code(1), rule: "code@1", inputs: {}, outcome: "another" })
      const tickets = yield* rerun(id, 1)
      return [tickets, yield* launched(id, 1)] as const
    }),
  )
  expect(tickets).toContainEqual({ study: "g1.stands.reruns", trials: 5 })
  expect(proposal.baseline.ids.every((id) => id.startsWith("g1.stands.reruns"))).toBe(true)
  // What is there now is neither: it was edited while they ran.
  expect(proposal).toMatchObject({
    because: "measured-otherwise",
    measuredOtherwise: [{ what: "code", baseline: "another" }],
  })
})

test("a re-run that failed is another seed's, once; too many failures are not the machine's", async () => {
  const failing = (study: string, indexes: ReadonlyArray<number>) =>
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      for (const index of indexes) {
        const key = { campaign: "lost", study, index }
        const claim = yield* record.claim(key, { learning_rate: 0.5 }, { init: index })
        if (!claim.claimed) throw new Error("ran before")
        const fails = index === 1
        yield* record.finish(
          key,
          claim.fence,
          fails
            ? { status: "failed", reason: "the disk is full" }
            : { status: "completed", value: 0.8 + index / 1000, bestStep: 24 },
          [],
          1,
        )
      }
    })
  const [first, before, after, row, proposal] = await run(
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      yield* opened("lost", specOf(5), truth)
      yield* refine("lost", 1, 1)
      const [ticket] = yield* designReruns("lost", 1)
      const study = ticket!.study
      const first = yield* replaceLost("lost", 1)
      yield* failing(study, [0, 1, 2, 3, 4])
      const before = yield* replaceLost("lost", 1)
      yield* failing(study, [5])
      const after = yield* replaceLost("lost", 1)
      return [first, before, after, yield* record.study("lost", study), yield* launched("lost", 1)] as const
    }),
  )
  // Nothing has failed yet, but what was designed has to run.
  expect(first).toMatchObject([{ trials: 5 }])
  expect(before).toMatchObject([{ trials: 1 }])
  expect(after).toEqual([])
  expect(row).toMatchObject({ trials: 6, design: { trials: 5, points: { length: 6 } } })
  expect(proposal).toMatchObject({ decision: "adopt", candidate: { lost: 1, repeats: { length: 5 } } })
})

test("a baseline's run that blew up is another seed's, once, and the noise has the runs that it was to have", async () => {
  const came = [0.5, 0.501, 0.499, 0.5005, 9]
  const [first, again, judged] = await run(
    Effect.gen(function* () {
      const id = "blown-up"
      const record = yield* ExperimentRecord
      const spec = specOf(5)
      yield* record.openCampaign({ id, name: spec.name, directory: ".", file: "campaign.ts", spec }, spec.goals)
      const { study } = yield* designBaseline(id)
      const ran = Effect.fnUntraced(function* (index: number, value: number) {
        const key = { campaign: id, study, index }
        const claim = yield* record.claim(key, spec.baseline, { init: index })
        if (!claim.claimed) throw new Error("ran before")
        yield* record.finish(key, claim.fence, { status: "completed", value, bestStep: 24 }, [], 1)
      })
      for (const [index, value] of came.entries()) yield* ran(index, value)
      const first = yield* replaceLost(id, 0)
      // Blows up in its turn: no further seed is tried.
      yield* ran(5, 8)
      const again = yield* replaceLost(id, 0)
      yield* judgeTheBaseline(id)
      return [first, again, (yield* record.decision(id, keys.baseline))!.outcome] as const
    }),
  )
  expect(first).toEqual([{ study: "baseline", trials: 1 }])
  expect(again).toEqual([])
  expect(judged).toMatchObject({ proven: true, blownUp: [9, 8] })
  expect(judged.trialVariance!.sd).toBeLessThan(0.01)
})

test("a sound replacement gives the noise its four degrees of freedom back", async () => {
  const came = [0.5, 0.501, 0.499, 0.5005, 9, 0.4995]
  const { trialVariance, blownUp } = await run(
    Effect.gen(function* () {
      const id = "replaced"
      const record = yield* ExperimentRecord
      const spec = specOf(5)
      yield* record.openCampaign({ id, name: spec.name, directory: ".", file: "campaign.ts", spec }, spec.goals)
      const { study } = yield* designBaseline(id)
      for (const [index, value] of came.entries()) {
        if (index === 5) expect(yield* replaceLost(id, 0)).toEqual([{ study, trials: 1 }])
        const key = { campaign: id, study, index }
        const claim = yield* record.claim(key, spec.baseline, { init: index })
        if (!claim.claimed) throw new Error("ran before")
        yield* record.finish(key, claim.fence, { status: "completed", value, bestStep: 24 }, [], 1)
      }
      yield* judgeTheBaseline(id)
      return (yield* record.decision(id, keys.baseline))!.outcome
    }),
  )
  expect(blownUp).toEqual([9])
  expect(trialVariance).toMatchObject({ df: 4 })
})

test("the code is that of the program, whatever else lies beside it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-code-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  const code = () => Effect.runPromise(codeOf(folder, [join(folder, "campaign.ts"), join(folder, "state")]))
  mkdirSync(join(folder, "state"))
  mkdirSync(join(folder, "lib"))
  write("train.py", "1")
  write("lib/model.py", "1")
  write("campaign.ts", "1")
  const before = await code()
  expect(before).toMatch(/^[0-9a-f]{10}$/)
  for (const file of ["campaign.ts", "state/worker.py", "log.txt", "results.json"]) write(file, "2")
  expect(await code()).toBe(before)
  write("lib/model.py", "2")
  expect(await code()).not.toBe(before)
  write("lib/model.py", "1")
  expect(await code()).toBe(before)
})

const hasGit = spawnSync("git", ["--version"]).status === 0

test.skipIf(!hasGit)("committing a change, or a paper about it, leaves the code the same (needs git)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-code-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const git = (...words: ReadonlyArray<string>) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=A", "-c", "user.email=a@b.c", ...words], {
      env: { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined },
    })
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  mkdirSync(join(folder, "digits"))
  const code = () => Effect.runPromise(codeOf(join(folder, "digits"), [join(folder, "digits", "campaign.ts")]))
  git("init", "-q")
  write("model.py", "1")
  write("digits/train.py", "1")
  git("add", ".")
  git("commit", "-q", "-m", "first")
  const first = await code()
  write("README.md", "of it")
  write("digits/campaign.ts", "goals")
  git("add", ".")
  git("commit", "-q", "-m", "second")
  expect(await code()).toBe(first)
  write("model.py", "2")
  write("digits/new.py", "1")
  const edited = await code()
  expect(edited).not.toBe(first)
  git("add", ".")
  git("commit", "-q", "-m", "third")
  expect(await code()).toBe(edited)
})
