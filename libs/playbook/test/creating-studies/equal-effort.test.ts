import { studyPoint } from "@tanren/search"
import { expect, test } from "vitest"
import { startOf } from "../../src/adopting-a-change/what-stands.ts"
import type { Goal } from "../../src/campaign/campaign.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import { valueGroups } from "../../src/creating-studies/groups.ts"
import { designGoal } from "../../src/creating-studies/studies.ts"

const rate = (optimizer: string, values: ReadonlyArray<number>) => ({
  name: "learning_rate",
  type: "discrete",
  values,
  when: { optimizer: [optimizer] },
})
const campaign = (goal: object) => ({
  name: "two-rates",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 100,
  evalEverySteps: 10,
  hyperparameters: [
    { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
    rate("nesterov", [0.01, 0.1, 1]),
    rate("adam", [0.0001, 0.001]),
  ],
  baseline: { optimizer: "nesterov", learning_rate: 0.1 },
  goals: [{ question: "Which?", trials: 30, ...goal }],
  policy: { refine: "never" },
})
const designed = (goal: object) => {
  const decoded = decodeCampaign(campaign(goal))
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  const { spec } = decoded
  return designGoal({ spec, goal: spec.goals[0] as Goal, goalIndex: 0, stands: startOf(spec) })
}
const issues = (goal: object) => {
  const decoded = decodeCampaign(campaign(goal))
  return decoded.ok ? [] : decoded.issues.map(({ path }) => path)
}

test("a scientific hyperparameter named by its key leaves every study its trials", () => {
  const design = designed({ scientific: ["optimizer", "optimizer=adam/learning_rate"] })
  const trials = design.studies.flatMap((study) =>
    Array.from({ length: study.trials }, (_, index) => ({ hyperparameters: studyPoint(study, index) })),
  )
  expect(valueGroups(design, trials).map((group) => group.trials.length)).toEqual(
    design.studies.map((one) => one.trials),
  )
})

test("a grid has as many trials as points, and a point for each of them", () => {
  const design = designed({ scientific: ["optimizer"], algorithm: "grid" })
  expect(design.studies.map(({ trials }) => trials)).toEqual([3, 2])
  const told = design.warnings.filter(({ rule }) => rule === "equal-effort").map(({ text }) => text)
  expect(told).toEqual(["the scientific values have unequal effort"])
  for (const study of design.studies) {
    for (let index = 0; index < study.trials; index++) expect(studyPoint(study, index).learning_rate).toBeDefined()
  }
})

test("points that fit several studies may not overrun the goal's total", () => {
  const points = [{ learning_rate: 0.01 }, { learning_rate: 0.1 }]
  expect(issues({ scientific: ["optimizer"], algorithm: "listed", points, trials: 2 })).not.toEqual([])
})

test("a flat name is fixed only at a value that every hyperparameter of that name can have", () => {
  expect(issues({ scientific: ["optimizer"], fixed: [{ learning_rate: 1 }] })).toContain(
    "goals[0].fixed[0].learning_rate",
  )
})

test("effort beyond one and a half to one is told before it is spent: there will be no answer", () => {
  const points = [0.01, 0.1, 1].map((learning_rate) => ({ optimizer: "nesterov", learning_rate }))
  const listed = [...points, { optimizer: "adam", learning_rate: 0.001 }]
  const { studies, warnings } = designed({ scientific: ["optimizer"], algorithm: "listed", points: listed, trials: 8 })
  expect(studies.map(({ trials }) => trials)).toEqual([3, 1])
  expect(warnings.map(({ text }) => text)).toContain(
    "the scientific values have unequal effort, and beyond 1.5 to 1 the goal gets no answer",
  )
})
