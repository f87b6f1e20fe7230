import { studyPoint } from "@tanren/search"
import { describe, expect, test } from "vitest"
import { rerunStudy } from "../../src/adopting-a-change/reruns.ts"
import { startOf } from "../../src/adopting-a-change/what-stands.ts"
import type { Goal } from "../../src/campaign/campaign.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import { designGoal } from "../../src/creating-studies/studies.ts"
import { type Refinement, refineDesign } from "../../src/extracting-insight/refine.ts"
import { baselineStudy } from "../../src/initial-configuration/baseline-study.ts"
import { digits, optimizers } from "../campaigns.ts"

function designOf(file: unknown) {
  const decoded = decodeCampaign(file)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  const { spec } = decoded
  return designGoal({ spec, goal: spec.goals[0] as Goal, goalIndex: 0, stands: startOf(spec) })
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
    expect(widened).toMatchObject({ rule: "refinement@2", round: 1, left: 0 })
  })

  test("does not widen to where an earlier round cut, and widens the other side all the same", () => {
    const cut = refineDesign(design, [{ type: "cut", hyperparameter: "learning_rate", high: 1 }], 40)
    const ran = [{ id: "t1", hyperparameters: { ...studyPoint(design.studies[0]!, 0), learning_rate: 2 } }]
    const after = { ...design, latest: cut }
    const widen = (low?: number) =>
      refineDesign(
        after,
        [{ type: "widen", hyperparameter: "learning_rate", high: 10, ...(low === undefined ? {} : { low }) }],
        16,
        ran,
      )
    expect(widen()).toMatchObject({ changes: [], studies: [] })
    expect(widen().notTaken[0]?.reason).toContain("learning_rate was cut there in an earlier round")
    expect(widen(1e-3).changes).toEqual(["learning_rate widened to 0.001 … 1"])
    expect(refineDesign(after, [{ type: "widen", hyperparameter: "learning_rate", high: 10 }], 16).changes).toEqual([
      "learning_rate widened to 0.01 … 10",
    ])
  })

  test("leaves it to a person which number to list beyond the last", () => {
    const asked = refineDesign(design, [{ type: "add-values", hyperparameter: "width", above: 256 }], 16)
    expect(asked).toMatchObject({ studies: [], left: 16 })
    expect(asked.text).toContain("add a value above 256 to width (choose the values to list yourself")
  })

  test("goes on from the refinement before", () => {
    const again = refineDesign({ ...design, latest: widened }, [{ type: "add-trials", count: 6 }], 5)
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

  test("spends half of what is left in a round, at least eight trials a study, and all of it in the fourth", () => {
    const spent = (left: number) => {
      const rounds: number[] = []
      let latest: Pick<Refinement, "round" | "studies"> = { round: 0, studies: design.studies }
      for (let remaining = left; remaining > 1; ) {
        const made = refineDesign({ ...design, latest }, [{ type: "add-trials", count: 9 }], remaining)
        rounds.push(made.studies[0]?.trials ?? 0)
        latest = made
        remaining = made.left
      }
      return rounds
    }
    expect([10, 24, 32, 64, 1000].map(spent)).toEqual([[5], [12], [8, 8], [16, 8, 8], [250, 125, 63, 62]])
  })

  const bug = { type: "suspect-bug", where: "training-program" } as const
  const wall = { type: "cure-instability", hyperparameter: "learning_rate" } as const
  const more = { type: "several", actions: [{ type: "add-trials", count: 9 }, { type: "smaller-goal" }] } as const

  test.each([
    ["a suspected bug", bug, /^a bug is suspected \(the training program\): the 16 trials left are not spent/],
    ["an instability above the best", wall, /^training is unstable right above the best values of learning_rate/],
  ])("%s stops the spending", (_, action, why) => {
    const stopped = refineDesign(design, [more, action], 16)
    expect(stopped).toMatchObject({ studies: [], left: 16 })
    expect(stopped.text).toMatch(why)
    expect(stopped.stop).not.toBeNull()
    expect(refineDesign(design, [action], 16)).toMatchObject({ stop: stopped.stop, left: 16 })
    // Where a person is asked, the person decides, and reads what speaks against it.
    const asked = refineDesign(design, [more, action], 16, [], "ask")
    expect(asked.studies.map(({ trials }) => trials)).toEqual([8, 8])
    expect(asked.text).toMatch(/8 more trials.*Before you spend: .*Not carried out: (look for a bug|cure the instab)/)
    expect(asked.text).not.toContain("smaller question")
  })

  test("a policy that never refines says so, and keeps what it left aside", () => {
    const never = refineDesign(design, [more, { type: "train-longer" }], 16, [], "never")
    expect(never).toMatchObject({ studies: [], left: 16, stop: null })
    expect(refineDesign(design, [bug], 16, [], "never").stop).toBeNull()
    expect(never.text).toMatch(/^the policy never refines\. Not carried out: .*train longer \(not a change/)
  })

  test("a grid gets as many trials as its new points", () => {
    const axes = { learning_rate: 0.1, momentum: 0.9 }
    const { weight_decay: _, ...baseline } = digits.baseline
    const { hyperparameters, goals } = digits
    const two = hyperparameters.filter(({ name }) => name in axes || name === "use_dropout")
    const gridded = designOf({
      ...digits,
      hyperparameters: two,
      baseline: { learning_rate: baseline.learning_rate, momentum: baseline.momentum, use_dropout: false },
      goals: [{ ...goals[0], fixed: [], algorithm: "grid" }],
    })
    const widened = refineDesign(gridded, [{ type: "widen", hyperparameter: "learning_rate", high: 10 }], 15)
    for (const study of widened.studies) {
      expect(study.trials).toBeGreaterThan(3)
      expect(studyPoint(study, study.trials - 1)).toMatchObject({ learning_rate: 10 })
      expect(() => studyPoint(study, study.trials)).toThrow(RangeError)
    }
    const spent = widened.studies.reduce((sum, { trials }) => sum + trials, 0)
    expect(widened.left).toBe(15 - spent)
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

  test("the best trial of a scientific value", () => {
    const best = studyPoint(design.studies[1]!, 3)
    const study = rerunStudy(design.studies[1]!, best, 5)
    expect(study).toMatchObject({ id: "g1.use_dropout=true.reruns", scientific: { use_dropout: true }, trials: 5 })
    expect(studyPoint(study, 4)).toEqual(best)
  })
})
