import { describe, expect, test } from "vitest"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import type { GoalPlan } from "../../src/choosing-the-goal/goal-plan.ts"
import { type Plan, planCampaign } from "../../src/informative-and-affordable/plan.ts"
import { planText } from "../../src/informative-and-affordable/plan.words.ts"
import { digits, optimizers } from "../campaigns.ts"

function planOf(file: unknown, secondsPerStep?: number): Plan<GoalPlan> {
  const decoded = decodeCampaign(file)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues, null, 2))
  return planCampaign(decoded.spec, secondsPerStep === undefined ? undefined : { secondsPerStep }) as Plan<GoalPlan>
}

const searched = (plan: Plan<GoalPlan>, id: string) =>
  plan.goals[0]?.design.studies.find((study) => study.id === id)?.searched.map(({ name }) => name)

describe("the playbook's own example, Nesterov momentum against Adam, planned from one campaign file", () => {
  test.each([
    [8, ["learning_rate"]],
    [20, ["learning_rate", "beta1"]],
    [30, ["learning_rate", "beta1", "epsilon"]],
    [60, ["learning_rate", "beta1", "beta2", "epsilon"]],
  ])("at %d trials a study", (trials, wanted) => {
    const plan = planOf(optimizers(2 * trials))
    expect(plan.goals[0]?.design.studies.map((study) => study.trials)).toEqual([trials, trials])
    expect(searched(plan, "g1.optimizer=nesterov")).toEqual(["learning_rate", "momentum"])
    expect(searched(plan, "g1.optimizer=adam")).toEqual(wanted)
    const fixed = plan.goals[0]?.design.warnings.filter(({ rule }) => rule === "adam")
    expect(fixed).toHaveLength(4 - wanted.length)
    expect(plan.goals[0]?.design.caveats).toHaveLength(4 - wanted.length)
  })

  test("no advice on Adam where the goal is about Nesterov momentum", () => {
    const file = optimizers(16)
    const [goal] = file.goals
    const fixed = { ...goal, scientific: [], fixed: ["optimizer"] }
    const { warnings } = planOf({ ...file, goals: [fixed] }).goals[0]!.design
    expect(warnings.filter(({ hyperparameter }) => /adam|beta|epsilon/.test(hyperparameter ?? ""))).toEqual([])
    expect(warnings.map(({ rule }) => rule)).not.toContain("adam")
  })

  test("the two learning rates keep ranges of their own", () => {
    const studies = planOf(optimizers(40)).goals[0]?.design.studies.map(({ searched: [first] }) => first)
    expect(studies).toMatchObject([
      { low: 1e-3, high: 10 },
      { low: 1e-5, high: 1e-1 },
    ])
  })

  test("a role that the person gave stands, whatever the rule says", () => {
    const file = optimizers(16)
    const [goal] = file.goals
    const plan = planOf({ ...file, goals: [{ ...goal, nuisance: ["beta2"], fixed: [{ beta1: 0.8 }] }] })
    expect(searched(plan, "g1.optimizer=adam")).toEqual(["learning_rate", "beta2"])
    expect(plan.goals[0]?.design.studies[1]?.held).toEqual({ optimizer: "adam", beta1: 0.8, epsilon: 1e-8 })
    expect(plan.goals[0]?.design.warnings.map(({ rule }) => rule)).toContain("fixed-optimizer-hyperparameter")
  })
})

describe("the plan", () => {
  test("counts every run, and prices them where a price is known", () => {
    const plan = planOf(digits, 0.01)
    expect(plan.goals[0]?.trials).toEqual({ designed: 32, refinement: 16, reruns: 10 })
    expect(plan.totals).toEqual({ runs: 63, steps: 50_400, deviceSeconds: 504, wallSeconds: 252 })
    expect(plan.goals[0]?.cost).toEqual({ runs: 58, steps: 46_400, deviceSeconds: 464 })
    expect(planText(plan)).toContain(": at most 46 400 steps, about 8 min of device time")
    expect(planOf(digits).totals.deviceSeconds).toBeNull()
  })

  test("promises re-runs only where a seed reaches the program", () => {
    const declared = "re-runs with fresh seeds, if the program declares seeds: at most"
    const handed = { ...digits.trainer, command: [...digits.trainer.command, "--seed={seeds.init}"] }
    const overrides = [{ rule: "undeclared-seeds", reason: "it draws its own" }]
    expect(planText(planOf(digits))).toContain(declared)
    expect(planText(planOf({ ...digits, trainer: handed }))).toContain("re-runs with fresh seeds: at most")
    expect(planText(planOf({ ...digits, goals: [{ ...digits.goals[0], overrides }] }))).not.toContain(declared)
  })

  test("shows meanings, and which are guesses", () => {
    const file = {
      ...digits,
      hyperparameters: digits.hyperparameters.map((one) => (one.name === "width" ? { ...one, meaning: "other" } : one)),
    }
    const { hyperparameters } = planOf(file)
    expect(hyperparameters).toContainEqual({ key: "use_dropout", meaning: "regulariser-switch", guessed: true })
    expect(hyperparameters).toContainEqual({ key: "width", meaning: "other", guessed: false })
  })

  test("shows overrides with their reason", () => {
    const file = {
      ...digits,
      hyperparameters: [...digits.hyperparameters, { name: "batch_size", type: "discrete", values: [32, 64] }],
      baseline: { ...digits.baseline, batch_size: 64 },
      goals: [{ ...digits.goals[0], overrides: [{ rule: "batch-size", reason: "memory decides" }] }],
    }
    const text = planText(planOf(file))
    expect(text).toContain("Override of batch-size for batch_size: memory decides")
  })

  test("reads as text", () => {
    const text = planText(planOf(digits, 0.01))
    for (const line of [
      "Baseline, 5 runs: learning_rate 0.1",
      "nuisance:   learning_rate (not listed)",
      "study g1.use_dropout=true: 16 trials, halton",
      "32 trials, 16 kept for refinement, then 10 re-runs with fresh seeds",
      "Caveat: holds for width 64 only",
      "In total 63 training runs, at most 50 400 steps, about 8 min of device time (4 min with 2 at once)",
    ]) {
      expect(text).toContain(line)
    }
  })
})

test("a plan says how curves are read where the file says how the learning rate runs", () => {
  expect(planText(planOf({ ...digits, schedule: "decays-to-end" }))).toContain(
    "Note: curves are judged for a learning rate that decays to the end",
  )
  expect(planText(planOf({ ...digits, schedule: "cyclic" }))).toContain("a learning rate that rises and falls again")
  expect(planText(planOf(digits))).not.toContain("curves are read")
})
