import type { Duty } from "@tanren/contract"
import { describeOutcome, same } from "@tanren/playbook"
import { decodeCampaign } from "@tanren/playbook/schema"
import { ExperimentRecord, readStanding } from "@tanren/record"
import { answerText, renderReport } from "@tanren/report"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { reportData } from "../src/report-data.ts"
import { simulated, type Truth } from "./simulated-campaign.ts"

const file = (goals: ReadonlyArray<object>) => ({
  name: "rounds",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 24,
  evalEverySteps: 1,
  // To the end of training, results improve: under a constant rate, it is too short.
  schedule: "constant",
  hyperparameters: [
    { name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" },
    { name: "weight_decay", type: "float", low: 1e-5, high: 1e-2, scale: "log" },
  ],
  baseline: { learning_rate: 0.02, weight_decay: 1e-4 },
  goals,
  policy: { refine: "never" },
})

/** Four times as long halves the error; the best learning rate is 0.1 at any length. */
const truth: Truth = ({ learning_rate }, steps) =>
  (0.2 + 0.1 * Math.log10(Number(learning_rate) / 0.1) ** 2) / Math.sqrt(steps / 24)

const rounds = { kind: "rounds", question: "Longer?", maxTrainSteps: 96, trials: 24, best: 12 }

describe("a campaign in rounds", () => {
  const reported = () =>
    simulated({ file: file([rounds]), truth }, (id) => Effect.map(reportData(id), (data) => ({ data: data!, id })))

  test("its report shows each round by its length, and re-runs at the last", async () => {
    const { data } = await reported()
    const [goal] = data.goals
    expect(goal?.studies.map(({ scientific, trials }) => [scientific, trials.length])).toEqual([
      [{ maxTrainSteps: 24 }, 24],
      [{ maxTrainSteps: 96 }, 13],
    ])
    expect(goal?.studies.map(({ repeats = [] }) => repeats.length)).toEqual([0, 10])
    expect(data.launched).toMatchObject({ maxTrainSteps: 96 })
  })

  test("what was launched rests on its runs at the new length, not on those of its point at the old one", async () => {
    const agenda = [
      { question: "How low?", trials: 16 },
      { ...rounds, trials: 0 },
    ]
    const data = await simulated({ file: file(agenda), truth }, (id) => reportData(id))
    const again = data!.goals.map(({ studies }) => studies.flatMap(({ repeats = [] }) => repeats))
    const { hyperparameters, study } = data!.launched!
    const ofPoint = again.map((trials) => trials.filter((trial) => same(trial.hyperparameters, hyperparameters)))
    expect(ofPoint.map(({ length }) => length)).toEqual([5, 5])
    expect(ofPoint[1]!.map((trial) => trial.study)).toEqual(Array.from({ length: 5 }, () => study))
    expect(await renderReport(data!)).toContain("mean ± sd of 5 re-runs with fresh seeds")
  })

  test("in words: the gain, its two parts, what carried over, the schedule, and the new length", async () => {
    const text = answerText((await reported()).data, { width: Number.POSITIVE_INFINITY })
    expect(text).toContain("What was found at 96 steps is better than what stands at 24, by")
    expect(text).toMatch(
      /Longer training alone pays: what stands gains .* points .* At equal length \(96 steps\), the point that was found gains/,
    )
    expect(text).toContain("points carried over from 24 to 96 steps (τ")
    expect(text).toContain("trained for 96 steps instead of 24")
    expect(text).toMatch(/maxTrainSteps +96 +\(24\)/)
  })

  test("the page tells rounds and what carries over in both languages, and nothing in English alone", async () => {
    const { data } = await reported()
    const [en, ja] = [await renderReport(data), await renderReport(data, { language: "ja" })]
    for (const wanted of [
      "Rounds of growing length",
      "Does it carry over from 24 to 96 steps?",
      "perhaps",
      "what stands",
    ])
      expect(en).toContain(wanted)
    for (const wanted of [
      "長さを伸ばすラウンド",
      "24 ステップから 96 ステップへ引き継がれるか",
      "ありうる",
      "現在の設定",
    ])
      expect(ja).toContain(wanted)
    expect(ja).not.toContain("記録された英文のまま")
    const told = data.decisions.flatMap(({ outcome }) => {
      const { text, rule } = Object(outcome)
      if (!/^(rounds|rounds-answer|transfer|launch)@/.test(rule)) return []
      return [describeOutcome({ text, rule, ...Object(outcome) }, "ja") ?? ""]
    })
    // Two rounds, what carried over, the answer, the launch.
    expect(told).toHaveLength(5)
    for (const text of told) expect(text).toMatch(/[ぁ-ん]/)
  })
})

test("of long runs that go on from short ones the page tells the step and what is expected of it, in both languages", async () => {
  const schedule = { type: "linear", decayStart: 10, endFactor: 0.01 }
  const told = (declares: ReadonlyArray<Duty>) =>
    simulated({ file: file([{ ...rounds, schedule, continues: true }]), truth, declares }, (id) =>
      Effect.map(reportData(id), (data) => data!),
    )
  const data = await told(["checkpoint", "resume", "prolong", "schedule"])
  const [en, ja] = [await renderReport(data), await renderReport(data, { language: "ja" })]
  expect(en).toContain("its runs keep their checkpoint of step 10")
  expect(en).toContain("12 of its 13 runs go on from step 10 of their shorter runs")
  expect(ja).toContain("ステップ 10 のチェックポイントを残し")
  expect(ja).toContain("120 ステップの節約が見込まれ")
  const without = await told(["checkpoint", "schedule"])
  expect(await renderReport(without)).toContain("begin at their first step: the program declares no")
})

describe("where training is too short", () => {
  const stood = (goals: ReadonlyArray<object>) =>
    simulated({ file: file(goals), truth }, (id, spec) =>
      Effect.gen(function* () {
        const record = yield* ExperimentRecord
        const { standing } = yield* readStanding({ id, spec: { ...spec, goals: yield* record.goals(id) } })
        return { standing, data: (yield* reportData(id))!, spec }
      }),
    )
  const goal = { question: "How low?", trials: 16 }

  test("a goal's report, ending and status propose rounds that the file can take", async () => {
    const { standing, data } = await stood([goal])
    expect(standing.longer).toMatchObject({ goal: 1, work: { kind: "rounds", maxTrainSteps: 96, trials: 0 } })
    expect(answerText(data, { width: Number.POSITIVE_INFINITY })).toContain(JSON.stringify(standing.longer?.work))
    expect(await renderReport(data, { language: "ja" })).toContain("goals に次を加えて")
    expect(decodeCampaign(file([goal, standing.longer!.work])).ok).toBe(true)
  })

  test("not where the agenda holds rounds behind it already", async () => {
    const { standing } = await stood([goal, { ...rounds, trials: 0 }])
    expect(standing.longer).toBeNull()
  })
})
