import { describe, expect, test } from "vitest"
import { command, json } from "./command-run.ts"
import { campaign, expectNamed } from "./refusals.ts"

type Fields = Readonly<Record<string, unknown>>
const goal = (changes: Fields) => ({ goals: [{ ...campaign.goals[0], ...changes }] })
const baseline = (changes: Fields) => ({ baseline: { ...campaign.baseline, ...changes } })

/** What is wrong, the change that makes it so, the path, and words of what is said. */
const goals: ReadonlyArray<readonly [what: string, changes: Fields, path: string, words: ReadonlyArray<string>]> = [
  ["no question", goal({ question: "" }), "goals[0].question", ['found ""', "text"]],
  ["a question that is a number", goal({ question: 3 }), "goals[0].question", ["found 3"]],
  ["a budget of 0 trials", goal({ trials: 0 }), "goals[0].trials", ["found 0", "at least 1"]],
  ["a budget below 0", goal({ trials: -8 }), "goals[0].trials", ["found -8"]],
  ["a budget in words", goal({ trials: "48" }), "goals[0].trials", ['"48"']],
  ["fewer trials than studies", goal({ trials: 1 }), "goals[0].trials", ["at least 2"]],
  ["a role for an unknown name", goal({ scientific: ["dropout"] }), "goals[0].scientific[0]", ["use_dropout"]],
  ["one name in two roles", goal({ nuisance: ["use_dropout"] }), "goals[0].nuisance[0]", ["scientific"]],
  ["one name twice", goal({ fixed: ["batch_size", "width", "width"] }), "goals[0].fixed[2]", ["twice"]],
  ["an unknown direction", goal({ direction: "search" }), "goals[0].direction", ['"explore"', '"exploit"']],
  ["nothing to explore", goal({ direction: "explore", scientific: [] }), "goals[0].scientific", ["exploit"]],
  ["an unknown algorithm", goal({ algorithm: "sobol" }), "goals[0].algorithm", ['"halton"']],
  ["an adaptive search in a goal", goal({ algorithm: "bayes" }), "goals[0].algorithm", ["halton", "final-tuning"]],
  ["a grid above two dimensions", goal({ algorithm: "grid" }), "goals[0].algorithm", ["halton"]],
  ["listed points without points", goal({ algorithm: "listed" }), "goals[0].points", ["at least one point"]],
  ["points without their algorithm", goal({ points: [{}] }), "goals[0].points", ["listed"]],
  [
    "fixed outside its range",
    goal({ fixed: ["batch_size", { width: 999 }] }),
    "goals[0].fixed[1].width",
    ["16 to 256"],
  ],
  [
    "the batch size scientific",
    goal({ scientific: ["batch_size"], fixed: [] }),
    "goals[0].scientific[0]",
    ["overrides"],
  ],
  ["the batch size left open", goal({ fixed: [] }), "goals[0].fixed", ["batch"]],
  [
    "an override without a reason",
    goal({ overrides: [{ rule: "batch-size", reason: "" }] }),
    "goals[0].overrides[0].reason",
    ['found ""'],
  ],
  ["a misspelt field", goal({ sientific: [] }), "goals[0].sientific", ["scientific"]],
  ["no re-runs", goal({ repeats: 0 }), "goals[0].repeats", ["found 0"]],
  ["a way to lay out studies that there is not", goal({ studies: "all" }), "goals[0].studies", ['"joint"']],
  ["no goals", { goals: [] }, "goals", ["at least one goal"]],
  ["goals that are no list", { goals: { question: "?" } }, "goals", ["a list"]],
  ["a baseline outside the space", baseline({ learning_rate: 5 }), "baseline.learning_rate", ["found 5", "0.01 to 3"]],
  ["a baseline of the wrong kind", baseline({ use_dropout: "no" }), "baseline.use_dropout", ['"no"']],
  ["a baseline with an unknown name", baseline({ lr: 1 }), "baseline.lr", ["learning_rate"]],
  ["a metric that is to be lowered", { metric: { name: "e", goal: "lower" } }, "metric.goal", ['"minimize"']],
  ["steps as text", { maxTrainSteps: "800" }, "maxTrainSteps", ['"800"', "number"]],
  ["an evaluation after the end", { evalEverySteps: 900 }, "evalEverySteps", ["found 900", "at most 800"]],
]

describe("a campaign that cannot be planned", () => {
  test.each(goals)("%s", async (_, changes, path, words) => {
    const { refused, out } = await command("plan", [json({ ...campaign, ...changes }, "campaign.json")])
    expect(out).toEqual([])
    for (const line of refused ?? []) expect(line).toMatch(/found .*; wanted: ./)
    expectNamed(refused, path, words)
  })

  test("shows the errors of hyperparameters, baseline, goals and the rest at once", async () => {
    const wrong = {
      ...campaign,
      ...goal({ trials: 0, scientific: ["dropout"] }),
      maxTrainSteps: 0,
      hyperparameters: [{ ...campaign.hyperparameters[0], low: 7 }, ...campaign.hyperparameters.slice(1)],
      sead: 3,
    }
    const { refused } = await command("plan", [json(wrong, "campaign.json")])
    for (const path of ["goals[0].trials", "maxTrainSteps", "hyperparameters[0].low", "sead"]) {
      expectNamed(refused, path, [])
    }
  })
})
