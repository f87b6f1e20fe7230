import { studyPoint } from "@tanren/search"
import { describe, expect, test } from "vitest"
import { baselineStudy, designGoal, refineDesign, rerunStudy } from "../src/index.ts"
import { decodeCampaign } from "../src/schema/index.ts"
import { digits, optimizers } from "./campaigns.ts"

function designOf(file: unknown) {
  const decoded = decodeCampaign(file)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  const { spec } = decoded
  return designGoal({ spec, goal: spec.goals[0]!, goalIndex: 0, baseline: spec.baseline })
}

const design = designOf(digits)
const rate = (study: { searched: ReadonlyArray<{ name: string }> }) =>
  study.searched.find(({ name }) => name === "learning_rate")

describe("refinement", () => {
  const widened = refineDesign(design, [{ type: "widen", hyperparameter: "learning_rate", high: 10 }], 16)

  test("changes every scientific value's study alike, with equal trials, where the sequence stopped", () => {
    expect(widened.studies.map(({ id, trials, from }) => [id, trials, from])).toEqual([
      ["g1.use_dropout=false.r1", 8, 16],
      ["g1.use_dropout=true.r1", 8, 16],
    ])
    expect(widened.studies.map(rate)).toMatchObject([{ high: 10 }, { high: 10 }])
    expect(widened.changes).toEqual(["learning_rate widened to 0.01 … 10"])
    expect(widened).toMatchObject({ rule: "refinement@1", round: 1, left: 0 })
  })

  test("goes on from the refinement before", () => {
    const again = refineDesign({ ...design, studies: widened.studies }, [{ type: "add-trials", count: 6 }], 5)
    expect(again.studies.map(({ id, trials, from }) => [id, trials, from])).toEqual([
      ["g1.use_dropout=false.r2", 2, 24],
      ["g1.use_dropout=true.r2", 2, 24],
    ])
    expect(again.left).toBe(1)
  })

  test("a conditional hyperparameter changes in its own study, the other gets its trials all the same", () => {
    const cut = refineDesign(design, [{ type: "cut", hyperparameter: "dropout_rate", high: 0.3 }], 10)
    expect(cut.studies.map(({ trials }) => trials)).toEqual([5, 5])
    expect(cut.studies[1]?.searched.find(({ name }) => name === "dropout_rate")).toMatchObject({ high: 0.3 })
    expect(cut.studies[0]?.searched).toEqual(design.studies[0]?.searched)
  })

  test("a key reaches one of two hyperparameters of a name", () => {
    const both = designOf(optimizers(40))
    const cut = refineDesign(both, [{ type: "cut", hyperparameter: "optimizer=adam/learning_rate", high: 1e-2 }], 10)
    expect(cut.studies.map(rate)).toMatchObject([{ high: 10 }, { high: 1e-2 }])
  })

  test("widening goes before cutting, several actions in one", () => {
    const several = refineDesign(
      design,
      [
        {
          type: "several",
          actions: [
            { type: "cut", hyperparameter: "learning_rate", low: 1 },
            { type: "widen", hyperparameter: "learning_rate", high: 10 },
          ],
        },
      ],
      16,
    )
    expect(several.studies.map(rate)).toMatchObject([
      { low: 1, high: 10 },
      { low: 1, high: 10 },
    ])
  })

  test("says which earlier trials lie inside the new space", () => {
    const earlier = design.studies.flatMap((study) =>
      Array.from({ length: study.trials }, (_, index) => ({
        id: `${study.id}/${index}`,
        hyperparameters: studyPoint(study, index),
      })),
    )
    const all = refineDesign(design, [{ type: "widen", hyperparameter: "learning_rate", high: 10 }], 16, earlier)
    expect(all.reuse.map(({ trials }) => trials.length)).toEqual([16, 16])
    const half = refineDesign(design, [{ type: "cut", hyperparameter: "learning_rate", high: 0.1 }], 16, earlier)
    const wanted = earlier.filter(({ hyperparameters }) => Number(hyperparameters.learning_rate) <= 0.1)
    expect(half.reuse.flatMap(({ trials }) => trials)).toEqual(wanted.map(({ id }) => id))
    expect(half.reuse.flatMap(({ trials }) => trials).length).toBeLessThan(32)
  })

  test.each<[string, Parameters<typeof refineDesign>[1], RegExp]>([
    ["a scientific one", [{ type: "cut-values", hyperparameter: "use_dropout", keep: [true] }], /is scientific/],
    ["one that is not searched", [{ type: "cut", hyperparameter: "width", high: 64 }], /searched in no study/],
    ["nothing of the space", [{ type: "train-longer" }], /not a change of the search space/],
    ["beyond a natural limit", [{ type: "widen", hyperparameter: "weight_decay", low: 0.001 }], /not moved outwards/],
  ])("leaves alone %s, and says why", (_, actions, why) => {
    const nothing = refineDesign(design, actions, 16)
    expect(nothing.studies).toEqual([])
    expect(nothing.notTaken.map(({ reason }) => reason).join()).toMatch(why)
    expect(nothing.left).toBe(16)
  })

  test("a budget that reaches no trial for each ends it", () => {
    const nothing = refineDesign(design, [{ type: "add-trials", count: 9 }], 1)
    expect(nothing).toMatchObject({ studies: [], left: 1 })
    expect(nothing.text).toContain("do not reach one")
  })
})

describe("runs of one point", () => {
  const decoded = decodeCampaign(digits)
  if (!decoded.ok) throw new Error("the fixture is invalid")

  test("the baseline, five times", () => {
    const study = baselineStudy(decoded.spec)
    expect(study).toMatchObject({ id: "baseline", trials: 5 })
    expect(Array.from({ length: 5 }, (_, index) => studyPoint(study, index))).toEqual(Array(5).fill(digits.baseline))
  })

  test("the best trial of a scientific value, refined or not", () => {
    const best = studyPoint(design.studies[1]!, 3)
    const study = rerunStudy({ ...design.studies[1]!, id: "g1.use_dropout=true.r2" }, best, 5)
    expect(study).toMatchObject({ id: "g1.use_dropout=true.reruns", scientific: { use_dropout: true }, trials: 5 })
    expect(studyPoint(study, 4)).toEqual(best)
  })
})
