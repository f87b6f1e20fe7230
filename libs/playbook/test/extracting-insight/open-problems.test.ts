import { analyse, type QuestionId } from "@tanren/insight"
import type { Action, Finding } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { answerGoal } from "../../src/adopting-a-change/answer.ts"
import { describeAnswer } from "../../src/describe.ts"
import { type OpenProblems, openProblems, suspectedBug } from "../../src/extracting-insight/open-problems.ts"
import { openProblemsText } from "../../src/extracting-insight/open-problems.words.ts"
import { reasonToStop } from "../../src/extracting-insight/refinement-limits.ts"

const found = (question: QuestionId, action: Action, subject?: string): Finding => ({
  question,
  verdict: "problem",
  ...(subject === undefined ? {} : { subject }),
  evidence: {},
  trials: ["g1.all/0"],
  text: `What ${question} says.`,
  action,
})
const edge: Finding = {
  ...found("search-space-edge", { type: "widen", hyperparameter: "learning_rate", high: 1 }, "learning_rate"),
  evidence: {
    points: 32,
    edge: "high",
    natural: false,
    walled: false,
    crowded: true,
    bestFewAt: 0.9,
    bestFew: 10,
    chanceOfCrowding: 0.001,
    chanceOfTrend: 0.02,
    level: 0.005,
  },
}

const told = (open: OpenProblems): string => openProblemsText.en(open).join(" ")

describe("what is still a problem when a goal is judged", () => {
  test("is a caveat of the answer, in its words and as data", () => {
    const group = { label: "all", best: "g1.all/0", studyValues: [0.5, 0.6], infeasible: 0, repeats: [0.5, 0.51, 0.52] }
    const metric = { name: "valid/loss", goal: "minimize" } as const
    const open = openProblems([edge])
    const made = answerGoal({ metric, groups: [group], baselineRepeats: [], open })
    expect(made.text).toMatch(
      /Caveat: search space edge of learning_rate is still a problem\. What search-space-edge says\.$/,
    )
    expect(describeAnswer(made, "ja")).toMatch(/留意：次の問題が残っています．最良の/)
    expect(made.open?.findings).toMatchObject([{ question: "search-space-edge", trials: [] }])
  })

  test.each<[string, Finding]>([
    ["worth a look only", { ...edge, verdict: "watch" }],
    ["a result", found("gains-saturated", { type: "next-goal", question: "What is best?" })],
    ["a matter of cost", found("saturated-early", { type: "train-shorter" })],
  ])("is nothing that is %s", (_, finding) => {
    expect(told(openProblems([finding]))).toBe("")
  })

  test("is told in full for three of them, by name for more", () => {
    const long = found("still-improving", { type: "train-longer" })
    const text = told(openProblems([edge, edge, edge, edge, long]))
    expect(text.match(/What search-space-edge says/g)).toHaveLength(3)
    expect(text).toMatch(/Caveat: also still a problem: search space edge of learning_rate, still improving\.$/)
  })

  test("is a metric that never moves: no more trials on it, and nothing is launched", () => {
    const measurements = Array.from({ length: 30 }, (_, i) => ({ step: i + 1, metrics: { "valid/error": 0.03 } }))
    const trials = Array.from({ length: 16 }, (_, i) => ({
      id: `g1.all/${i}`,
      hyperparameters: { learning_rate: 10 ** (-4 + i / 5) },
      status: "completed" as const,
      measurements,
    }))
    const hyperparameters = [{ name: "learning_rate", type: "float", low: 1e-4, high: 0.1, scale: "log" }] as const
    const findings = analyse({ metric: { name: "valid/error", goal: "minimize" }, hyperparameters, trials })
    const open = openProblems(findings)
    expect(suspectedBug(open)).toEqual({ type: "suspect-bug", where: "training-pipeline", metric: "valid/error" })
    expect(reasonToStop(open.findings.flatMap(({ action }) => action ?? []))).toMatch(/a bug is suspected/)
    expect(told(open)).toMatch(/^Caveat: training curve of valid\/error is still a problem\. valid\/error never/)
  })

  test("names what was not spent, and why", () => {
    const why = "a bug is suspected (the training program)"
    expect(told(openProblems([], { trials: 16, because: "cure-first", why }))).toBe(
      `Caveat: 16 trials of the goal were not spent: ${why}.`,
    )
    expect(openProblems([], { trials: 0, because: "cure-first", why }).unspent).toBeNull()
  })
})
