import type { GoalAnswer } from "@tanren/insight"
import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { closeCampaign } from "../src/decisions/agenda.ts"
import { campaignOf } from "../src/decisions/campaign.ts"
import { proposeLaunch, settleLaunch } from "../src/decisions/launch.ts"
import { answer } from "../src/decisions/work/goal/answer.ts"
import { studiesOf } from "../src/decisions/work/goal/goal-studies.ts"
import { refine } from "../src/decisions/work/goal/insight.ts"
import { designReruns } from "../src/decisions/work/goal/reruns.ts"
import { designStudies } from "../src/decisions/work/goal/studies.ts"
import { decodedSpec, opened, runStudy, simulatedRecord, type Truth } from "./simulated-runs.ts"

const run = simulatedRecord()

const specOf = (goals: number): CampaignSpec =>
  decodedSpec({
    name: "steps-down",
    trainer: { type: "program", command: ["python3", "train.py", "{seeds.init}"] },
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 24,
    evalEverySteps: 1,
    hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
    baseline: { learning_rate: 0.1 },
    goals: Array.from({ length: goals }, (_, at) => ({ question: `How low, once more (${at + 1})?`, trials: 4 })),
    policy: { refine: "never" },
  })

const goalDone = (id: string, ordinal: number, truth: Truth, standing: Truth) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    yield* designStudies(id, ordinal)
    const { all } = yield* studiesOf(yield* campaignOf(id), ordinal)
    if (ordinal > 1) for (const study of all) yield* runStudy(id, study, truth)
    yield* refine(id, ordinal, 1)
    for (const { study } of yield* designReruns(id, ordinal)) {
      const { design, purpose } = (yield* record.study(id, study))!
      yield* runStudy(id, design, purpose === "baseline" ? standing : truth)
    }
    yield* answer(id, ordinal)
    const { decision } = yield* proposeLaunch(id, ordinal)
    yield* settleLaunch(id, ordinal, null)
    return decision
  })

/** A campaign whose goals reach these losses, whatever the point, to its end. */
const campaignOver = (id: string, levels: ReadonlyArray<number>) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    const truth =
      (goal: number): Truth =>
      () =>
        levels[goal] ?? 0
    yield* opened(id, specOf(levels.length), () => 1)
    const decisions = []
    let standing: Truth = () => 1
    for (const at of levels.keys()) {
      const decision = yield* goalDone(id, at + 1, truth(at), standing)
      if (decision === "adopt") standing = truth(at)
      decisions.push(decision)
    }
    yield* closeCampaign(id, "finished", "done")
    const findings = (yield* record.decision(id, keys.findings(levels.length, 1)))?.outcome
    const inGoal = findings?.filter(({ question }) => question === "gains-saturated")
    const atEnd = yield* record.decision(id, keys.gains(levels.length))
    if (atEnd === null) throw new Error("the campaign's end judges the gains")
    const { goals } = atEnd.inputs as { readonly goals: ReadonlyArray<GoalAnswer> }
    return { decisions, inGoal, goals, atEnd: atEnd.outcome }
  })

test("gains have saturated when the last three goals left the configuration to beat as it was", async () => {
  const { decisions, inGoal, atEnd, goals } = await run(campaignOver("saturated", [0.8, 0.8, 0.81, 0.8]))
  expect(decisions).toEqual(["adopt", "keep", "keep", "keep"])
  expect(goals.map(({ value }) => Math.round(10 * value))).toEqual([10, 8, 8, 8, 8])
  // The spread of the same runs counts once.
  expect(goals.filter(({ sd }) => sd !== undefined)).toHaveLength(1)
  expect(inGoal).toMatchObject([{ verdict: "fine" }])
  expect(atEnd).toMatchObject([{ verdict: "problem", action: { type: "next-goal" } }])
})

test("nor do they while a goal of the last three gained, also where a later one went astray", async () => {
  const { decisions, atEnd } = await run(campaignOver("gaining", [0.9, 0.8, 0.95]))
  expect(decisions).toEqual(["adopt", "adopt", "keep"])
  expect(atEnd).toMatchObject([{ verdict: "fine", evidence: { goals: 3 } }])
})

test("fewer than three goals are too few to say", async () => {
  expect((await run(campaignOver("short", [0.8]))).atEnd).toMatchObject([{ verdict: "too-few-data" }])
})
