import { answerText, renderReport } from "@tanren/report"
import { expect, test } from "vitest"
import { reportData } from "../src/report-data.ts"
import { simulated } from "./simulated-campaign.ts"

const tune = { kind: "final-tuning", question: "What is best?", trials: 22, parallel: 2, top: 2 }

const file = (work: object) => ({
  name: "tuned",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 10,
  evalEverySteps: 1,
  hyperparameters: [
    { name: "learning_rate", type: "float", low: 0.001, high: 1, scale: "log" },
    { name: "weight_decay", type: "float", low: 1e-6, high: 1e-2, scale: "log" },
  ],
  baseline: { learning_rate: 0.003, weight_decay: 1e-5 },
  goals: [{ question: "Where is it good?", trials: 20 }, work],
  policy: { refine: "never" },
})

/** Steep enough that there is something to gain to the end. */
const truth = ({ learning_rate, weight_decay }: { readonly [name: string]: unknown }) =>
  0.1 +
  0.4 * Math.abs(Math.log10(Number(learning_rate) / 0.05)) +
  0.2 * Math.abs(Math.log10(Number(weight_decay) / 1e-4))

/** The parts that a page should show and does not: a page itself is too long for a failure's message. */
const lacks = (page: string, ...parts: ReadonlyArray<string>): ReadonlyArray<string> =>
  parts.filter((part) => !page.includes(part))

test("the report tells a final tuning: its space, its batches in their order, its candidates with their re-runs", async () => {
  const data = await simulated({ file: file(tune), truth }, reportData)
  const goal = data!.goals[1]!
  const { tuning } = goal
  const ran = tuning!.batches.flatMap(({ study }) => study?.id ?? [])
  expect(goal.studies.map(({ id }) => id)).toEqual(ran)
  expect(ran.at(-1)).toBe(`g2.batch-${ran.length}`)
  expect(goal.studies.at(-1)?.repeats).toHaveLength(10)
  expect(tuning!.rerun.map(({ label }) => label).toSorted()).toEqual(["A", "B"])
  expect(goal.roles.nuisance).toEqual(["learning_rate", "weight_decay"])
  const page = await renderReport(data!)
  const place = page.slice(page.indexOf('<section id="goal-2"'), page.indexOf('<section id="decisions"'))
  const ranges = tuning!.space.ranges.map(({ hyperparameter }) => hyperparameter)
  expect(ranges).not.toEqual([])
  expect(lacks(place, "Where it searched", "Batch by batch", "Candidates", ...ranges)).toEqual([])
  // Its trials were chosen by each other: the best of any part of them says nothing of a budget.
  expect(lacks(place, 'id="goal-2-best-of"')).not.toEqual([])
  const japanese = await renderReport(data!, { language: "ja" })
  expect(lacks(japanese, "探索した空間", "バッチごとの経過", "見込まれる改善", "最も幸運だった一回の実行は")).toEqual(
    [],
  )
  // Every decision of the search is told in the reader's language.
  expect(lacks(japanese, "この規則の以前の版")).not.toEqual([])
  expect(answerText(data!)).toContain("The luckiest single run was")
})

test("a quasi-random one has no batches to tell, and candidates like any other", async () => {
  const data = await simulated({ file: file({ ...tune, algorithm: "halton" }), truth }, reportData)
  const page = await renderReport(data!)
  expect(lacks(page, "Where it searched", 'id="goal-2-best-of"')).toEqual([])
  expect(lacks(page, "Batch by batch")).not.toEqual([])
  expect(data!.goals[1]!.studies.map(({ id }) => id)).toEqual(["g2.search"])
  expect(answerText(data!)).toContain("22 trials, quasi-random")
})
