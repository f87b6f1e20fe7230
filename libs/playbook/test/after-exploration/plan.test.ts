import { describe, expect, test } from "vitest"
import { campaign, finalTuning, int, minimize, program } from "../../src/campaign/author.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import { planCampaign } from "../../src/informative-and-affordable/plan.ts"
import { planText } from "../../src/informative-and-affordable/plan.words.ts"
import { digits } from "../campaigns.ts"

const tune = { kind: "final-tuning", question: "What is best?", trials: 40 }

const decode = (work: object, changes: object = {}) =>
  decodeCampaign({ ...digits, goals: [...digits.goals, work], ...changes })

const decoded = (work: object, changes: object = {}) => {
  const found = decode(work, changes)
  if (!found.ok) throw new Error(JSON.stringify(found.issues, null, 2))
  return found.spec
}

const issues = (work: object, changes: object = {}) => {
  const found = decode(work, changes)
  return found.ok ? [] : found.issues
}

const text = (work: object) => planText(planCampaign(decoded(work), { secondsPerStep: 0.01 }))

test("what a file leaves out", () => {
  expect(decoded(tune).goals[1]).toEqual({
    ...tune,
    ...{ parallel: 4, algorithm: "bayes", fixed: [], top: 3, repeats: 5, overrides: [] },
  })
})

test.each([
  ["goals[1].trials", { trials: 0 }],
  ["goals[1].algorithm", { algorithm: "listed" }],
  ["goals[1].fixed[0]", { fixed: ["no_such"] }],
  ["goals[1].overrides[0].rule", { overrides: [{ rule: "no-such", reason: "because" }] }],
])("refused at %s", (path, changes) => {
  expect(issues({ ...tune, ...changes }).map((issue) => issue.path)).toContain(path)
})

test("refused where it makes more batches than a history holds", () => {
  const batches = (changes: object) => issues({ ...tune, ...changes }).map(({ path, allowed }) => ({ path, allowed }))
  const refused = [{ path: "goals[1].parallel", allowed: "at least 3, or fewer trials" }]
  expect(batches({ trials: 2001, parallel: 2 })).toEqual(refused)
  expect(batches({ trials: 2000, parallel: 2 })).toEqual([])
  expect(batches({ trials: 2001, parallel: 2, algorithm: "halton" })).toEqual([])
})

test("refused where nothing is left to tune", () => {
  const names = decoded(tune).hyperparameters.map(({ name }) => name)
  expect(issues({ ...tune, fixed: [...new Set(names)] })).toMatchObject([{ message: "leaves nothing to tune" }])
})

describe("the plan", () => {
  test("shows batches, re-runs, price, and a space that is not refined yet", () => {
    const plan = planCampaign(decoded(tune), { secondsPerStep: 0.01 })
    const { maxTrainSteps } = decoded(tune)
    const steps = (40 + 3 * 5) * maxTrainSteps
    expect(plan.goals[1]).toMatchObject({ batches: 10, cost: { runs: 55, steps, deviceSeconds: steps * 0.01 } })
    expect(text(tune)).toContain("at most 40 trials in 10 sequential batches of 4")
    expect(text(tune)).toContain("it is refined around the best trials when this work starts")
    expect(text(tune)).not.toContain("is recommended")
  })

  test("recommends quasi-random search where the batches are few, and refuses nothing", () => {
    expect(text({ ...tune, parallel: 14 })).toContain('Quasi-random search (algorithm: "halton") is recommended')
    expect(text({ ...tune, parallel: 10 })).not.toContain("is recommended")
    expect(text({ ...tune, parallel: 10, algorithm: "halton" })).toContain("40 trials, quasi-random in that space")
    expect(text({ ...tune, parallel: 10, algorithm: "halton" })).not.toContain("is recommended")
  })

  test("notes that nothing was explored", () => {
    const found = decode(tune, { goals: [tune] })
    expect(found.ok && found.notes).toEqual([
      "goal 1: nothing before this final tuning explores, so the space stays as it is declared",
    ])
  })
})

test("in TypeScript, names that are misspelt do not compile", () => {
  const shared = {
    ...{ name: "typed", trainer: program(["true"]), metric: minimize("valid/error"), maxTrainSteps: 10 },
    ...{ evalEverySteps: 5, hyperparameters: { width: int(1, 4), depth: int(1, 4) }, baseline: { width: 1, depth: 1 } },
  }
  const file = campaign({ ...shared, goals: [finalTuning("Best?", { trials: 8, fixed: ["width"] })] })
  const read = decodeCampaign(file)
  expect(read.ok && read.spec.goals[0]).toMatchObject({ kind: "final-tuning", fixed: ["width"], trials: 8 })
  // @ts-expect-error no hyperparameter of this name
  const bad = campaign({ ...shared, goals: [finalTuning("Best?", { trials: 8, fixed: ["widht"] })] })
  expect(decodeCampaign(bad).ok).toBe(false)
})
