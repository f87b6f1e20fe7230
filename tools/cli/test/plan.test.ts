import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { baselineStudy, type GoalPlan, type Plan } from "@tanren/playbook"
import { decodeCampaign } from "@tanren/playbook/schema"
import { ExperimentRecord, lineageOf } from "@tanren/record"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { command, json, written } from "./command-run.ts"
import { campaign as digits } from "./refusals.ts"

/** The playbook's own example: Nesterov momentum against Adam. */
const optimizers = (trials: number) => `
name: optimizers
trainer: {type: program, command: [python3, train.py]}
metric: {name: valid/error, goal: minimize}
maxTrainSteps: 1000
evalEverySteps: 50
hyperparameters:
  optimizer: {type: categorical, values: [nesterov, adam]}
  learning_rate:
    - {type: float, low: 1.0e-3, high: 10, scale: log, when: {optimizer: nesterov}}
    - {type: float, low: 1.0e-5, high: 1.0e-1, scale: log, when: {optimizer: adam}}
  momentum: {type: float, low: 0.5, high: 0.999, scale: reverse_log, when: {optimizer: nesterov}}
  beta1: {type: float, low: 0.5, high: 0.999, scale: reverse_log, when: {optimizer: adam}}
  beta2: {type: float, low: 0.8, high: 0.9999, scale: reverse_log, when: {optimizer: adam}}
  epsilon: {type: float, low: 1.0e-10, high: 1, scale: log, when: {optimizer: adam}}
baseline: {optimizer: nesterov, learning_rate: 0.1, momentum: 0.9}
goals:
  - {question: Nesterov momentum or Adam?, scientific: [optimizer], trials: ${trials}}
policy: {refine: never}
`

const planned = async (file: string, ...args: ReadonlyArray<string>) => {
  const { out, refused } = await command("plan", [file, "--json", ...args])
  expect(refused).toBeUndefined()
  return JSON.parse(out.join("\n")) as Plan<GoalPlan> & { readonly version: 1; readonly price: unknown }
}

describe("the playbook's example, Nesterov momentum against Adam, as a campaign file", () => {
  test.each([
    [8, ["learning_rate"]],
    [20, ["learning_rate", "beta1"]],
    [30, ["learning_rate", "beta1", "epsilon"]],
    [60, ["learning_rate", "beta1", "beta2", "epsilon"]],
  ])("%d trials a study", async (trials, tuned) => {
    const file = written("optimizers.yaml", optimizers(2 * trials))
    const { goals, version } = await planned(file)
    expect(version).toBe(1)
    const studies = goals[0]?.design.studies.map((study) => ({
      values: study.scientific,
      trials: study.trials,
      searched: study.searched.map(({ name }) => name),
    }))
    expect(studies).toEqual([
      { values: { optimizer: "nesterov" }, trials, searched: ["learning_rate", "momentum"] },
      { values: { optimizer: "adam" }, trials, searched: tuned },
    ])
    const text = (await command("plan", [file])).out.join("\n")
    for (const name of ["beta1", "epsilon", "beta2"].filter((one) => !tuned.includes(one))) {
      expect(text).toMatch(new RegExp(`fixed: .*${name} \\(by rule\\)`))
      expect(text).toMatch(new RegExp(`Warning: ${name} is fixed .*How should Adam's hyperparameters be tuned`))
      expect(text).toMatch(new RegExp(`Caveat: .*${name}`))
    }
  })

  test("its two seeds give two studies each of other points", async () => {
    const seeds = async (seed: number) => {
      const { goals } = await planned(written("optimizers.yaml", `seed: ${seed}\n${optimizers(40)}`))
      return goals[0]?.design.studies.map((study) => study.seed) ?? []
    }
    const all = [...(await seeds(1)), ...(await seeds(2))]
    expect(all).toHaveLength(4)
    expect(new Set(all).size).toBe(4)
    expect(await seeds(1)).toEqual(all.slice(0, 2))
  })
})

describe("tanren plan", () => {
  test("shows studies, roles with meanings, trials, caveats and that no price is known; writes nothing", async () => {
    const { out, refused } = await command("plan", [json(digits, "campaign.json")])
    expect(refused).toBeUndefined()
    const text = out.join("\n")
    for (const part of [
      /^Campaign digits/,
      /scientific: +use_dropout$/m,
      /nuisance: +learning_rate \(not listed\), momentum \(not listed\), dropout_rate \(not listed\)$/m,
      /fixed: +width, batch_size$/m,
      /study g1\.use_dropout=true: 16 trials, halton/,
      /32 trials, 16 kept for refinement, then 10 re-runs with fresh seeds/,
      /Caveat: holds for width 64 only/,
      /In total 63 training runs, at most 50 400 steps\. How long that takes is known once the baseline has run/,
      /dropout_rate: regulariser/,
    ]) {
      expect(text).toMatch(part)
    }
  })

  test("marks roles that were assumed, and meanings that were guessed", async () => {
    const { hyperparameters, goals } = await planned(written("optimizers.yaml", optimizers(40)))
    expect(hyperparameters.find(({ key }) => key === "momentum")).toMatchObject({ meaning: "momentum", guessed: true })
    expect(goals[0]?.design.roles.find(({ key }) => key === "momentum")).toMatchObject({ given: false })
    expect(goals[0]?.design.roles.find(({ key }) => key === "optimizer")).toMatchObject({ given: true })
  })

  test("prices the plan by the baseline of the folder's record: the median run, whatever its length was", async () => {
    const file = json(campaign(400), "campaign.json")
    const state = join(dirname(file), "state")
    expect((await planned(file, "--state", state)).totals.deviceSeconds).toBeNull()
    expect(existsSync(state)).toBe(false)

    await ran(dirname(file), [9, 2, 1, 2.5])
    const { price, totals } = await planned(file, "--state", dirname(file))
    expect(price).toEqual({ campaign: "priced-1", runs: 4, secondsPerRun: 2.25, secondsPerStep: 2.25 / 100 })
    expect(totals.deviceSeconds).toBeCloseTo((totals.runs * 400 * 2.25) / 100, 9)
    const text = (await command("plan", [file, "--state", dirname(file)])).out.join("\n")
    expect(text).toMatch(/about .* of device time/)
    expect(text).toMatch(/Cost estimated from the baseline of campaign priced-1: 4 runs, median 2 s each\.$/)
  })

  test("takes no price from another campaign of the folder; a broken record costs the price, not the plan", async () => {
    const file = json({ ...campaign(100), name: "other" }, "campaign.json")
    await ran(dirname(file), [1])
    expect((await planned(file, "--state", dirname(file))).price).toBeNull()
    const broken = dirname(written("record.sqlite", "no database, and long enough to be looked at ".repeat(40)))
    const { notes, out } = await command("plan", [file, "--state", broken])
    expect(notes.join()).toMatch(/^Note: the cost is not known, because the record cannot be read: /)
    expect(out[0]).toBe("Campaign other")
  })
})

const campaign = (maxTrainSteps: number) => ({
  name: "priced",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps,
  evalEverySteps: 10,
  hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 3, scale: "log" }],
  baseline: { learning_rate: 0.1 },
  goals: [{ question: "Lower?", trials: 8 }],
})

/** A record in which the baseline of a campaign of 100 steps took so long. */
const ran = (folder: string, seconds: ReadonlyArray<number>): Promise<void> => {
  const runs = Effect.gen(function* () {
    const record = yield* ExperimentRecord
    const decoded = decodeCampaign(campaign(100))
    if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
    const { spec } = decoded
    yield* record.openCampaign({ id: "priced-1", name: "priced", directory: folder, file: "campaign.json", spec }, [])
    yield* record.addStudy("priced-1", {
      id: "baseline",
      goal: 0,
      purpose: "baseline",
      ...lineageOf(undefined, baselineStudy(spec), 0),
      design: baselineStudy(spec),
      trials: 5,
    })
    for (const [index, taken] of seconds.entries()) {
      const key = { campaign: "priced-1", study: "baseline", index }
      const claim = yield* record.claim(key, { learning_rate: 0.1 }, { init: index })
      if (!claim.claimed) throw new Error("a fresh record has no finished trial")
      yield* record.finish(key, claim.fence, { status: "completed", value: 0.1, bestStep: 100 }, [], taken)
    }
  })
  return Effect.runPromise(Effect.provide(runs, ExperimentRecord.layer(join(folder, "record.sqlite"))))
}
