import { baselineStudy, type CampaignSpec, rerunStudy } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { designBaseline, judgeTheBaseline } from "../src/decisions/baseline.ts"
import { proposeLaunch } from "../src/decisions/launch.ts"
import { recordStudies } from "../src/decisions/record-studies.ts"
import { answer, answerGroups } from "../src/decisions/work/goal/answer.ts"
import { decodedSpec, simulatedRecord } from "./simulated-runs.ts"

const runPromise = simulatedRecord()

const specOf = (chance: number | undefined, leastGain: number | undefined): CampaignSpec =>
  decodedSpec({
    name: "digits",
    trainer: { type: "program", command: ["python3", "train.py", "--seed={seeds.init}"] },
    metric: { name: "valid/loss", goal: "minimize", chance },
    maxTrainSteps: 10,
    evalEverySteps: 1,
    hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
    baseline: { learning_rate: 0.1 },
    goals: [
      {
        question: "How low?",
        trials: 8,
        leastGain: leastGain === undefined ? undefined : { value: leastGain, reason: "a second model to serve" },
      },
    ],
  })

const run = (id: string, study: StudyDesign, outcomes: ReadonlyArray<number | "failed" | "cancelled" | "infeasible">) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    for (const [index, ended] of outcomes.entries()) {
      const key = { campaign: id, study: study.id, index }
      const claim = yield* record.claim(key, study.held, { init: index })
      if (!claim.claimed) throw new Error(`${study.id}/${index} ran before`)
      yield* record.finish(
        key,
        claim.fence,
        typeof ended === "number"
          ? { status: "completed", value: ended, bestStep: 10 }
          : { status: ended, reason: "as told" },
        [],
        1,
      )
    }
  })

/** A campaign whose baseline ran with these losses. */
const opened = (id: string, spec: CampaignSpec, losses: ReadonlyArray<number>) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    const campaign = { id, name: spec.name, directory: ".", file: "campaign.ts", spec }
    yield* record.openCampaign(campaign, spec.goals)
    yield* designBaseline(id)
    yield* run(id, baselineStudy(spec), losses)
    return yield* judgeTheBaseline(id)
  })

const baseline = [0.6, 0.61, 0.605, 0.59, 0.62]

test.each([
  ["sound where it beats chance", 2.3, true],
  ["no baseline where guessing does as well", 0.5, false],
  ["sound where chance is not known", undefined, true],
])("a baseline is %s", async (_, chance, proven) => {
  const verdict = await runPromise(opened(`chance-${chance}`, specOf(chance, undefined), baseline))
  expect(verdict.proven).toBe(proven)
  if (!verdict.proven) expect(verdict.reason).toContain("no better than chance")
})

test.each([
  ["adopted without a least gain", undefined, "adopt"],
  ["adopted above it", 0.05, "adopt"],
  ["kept out below it", 0.2, "keep"],
])("a gain of 0.1 is %s", async (_, leastGain, decision) => {
  const id = `gain-${leastGain}`
  const spec = specOf(2.3, leastGain)
  const study: StudyDesign = { ...baselineStudy(spec), id: "g1.all" }
  const reruns = rerunStudy(study, { learning_rate: 0.3 }, 5)
  const proposal = await runPromise(
    Effect.gen(function* () {
      yield* opened(id, spec, baseline)
      yield* recordStudies(id, 1, "search", [study])
      yield* run(id, study, [0.5])
      yield* recordStudies(id, 1, "repeats", [reruns])
      yield* run(id, reruns, [0.5, 0.51, 0.505, 0.49, 0.52])
      const values = [{ label: "all", best: "g1.all/0", trials: ["g1.all/0"], reruns }]
      yield* (yield* ExperimentRecord).decide(id, {
        key: keys.reruns(1),
        rule: "reruns@1",
        inputs: {},
        outcome: { values },
      })
      yield* answer(id, 1)
      return yield* proposeLaunch(id, 1)
    }),
  )
  expect(proposal.decision).toBe(decision)
  if (decision === "keep")
    expect(proposal.text).toContain("0.200 that its complexity requires (a second model to serve)")
})

test("of values whose recorded labels read alike, the one that won is proposed", async () => {
  const id = "alike"
  const spec = specOf(2.3, undefined)
  const losses = [
    [0.55, 0.56, 0.555],
    [0.4, 0.41, 0.405],
  ]
  const proposal = await runPromise(
    Effect.gen(function* () {
      yield* opened(id, spec, baseline)
      const values = losses.map((_, at) => {
        const study: StudyDesign = { ...baselineStudy(spec), id: `g1.${at}`, held: { learning_rate: 0.2 + at / 10 } }
        const trials = [`${study.id}/0`]
        return { label: "beta2=1", best: trials[0]!, trials, study, reruns: rerunStudy(study, study.held, 3) }
      })
      for (const [at, { study, reruns }] of values.entries()) {
        yield* recordStudies(id, 1, "search", [study])
        yield* run(id, study, [losses[at]![0]!])
        yield* recordStudies(id, 1, "repeats", [reruns])
        yield* run(id, reruns, losses[at]!)
      }
      const outcome = { values: values.map(({ study: _, ...value }) => value) }
      const record = yield* ExperimentRecord
      yield* record.decide(id, { key: keys.reruns(1), rule: "reruns@1", inputs: {}, outcome })
      yield* answer(id, 1)
      yield* proposeLaunch(id, 1)
      return (yield* record.decision(id, keys.proposal(1)))?.outcome
    }),
  )
  expect(proposal).toMatchObject({ decision: "adopt", winner: { study: "g1.1.reruns" } })
})

test("failed and cancelled trials are counted as effort lost, infeasible ones as results", async () => {
  const spec = specOf(undefined, undefined)
  const study: StudyDesign = { ...baselineStudy(spec), id: "g1.all" }
  const groups = await runPromise(
    Effect.gen(function* () {
      yield* opened("effort", spec, baseline)
      yield* recordStudies("effort", 1, "search", [study])
      yield* run("effort", study, [0.5, "failed", "infeasible", "cancelled", "failed", 0.6])
      const trials = Array.from({ length: 6 }, (_, index) => `g1.all/${index}`)
      const values = [{ label: "all", best: "g1.all/0", trials, reruns: null }]
      const made = { key: keys.reruns(1), rule: "reruns@1", inputs: {}, outcome: { values } }
      yield* (yield* ExperimentRecord).decide("effort", made)
      return yield* answerGroups("effort", 1)
    }),
  )
  expect(groups).toMatchObject([{ studyValues: [0.5, 0.6], infeasible: 1, failed: 3, repeats: [] }])
})
