import type { Hyperparameter, Hyperparameters, Metric, Trial } from "@tanren/terms"
import { randomOf } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { designFinal } from "../../src/after-exploration/final-design.ts"
import { refineSpace, type WorseValue } from "../../src/after-exploration/refined-space.ts"
import { refinedSpaceText } from "../../src/after-exploration/refined-space.words.ts"
import type { FinalTuningWork } from "../../src/campaign/campaign.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"

const hyperparameters: ReadonlyArray<Hyperparameter> = [
  { name: "learning_rate", type: "float", low: 1e-4, high: 1, scale: "log" },
  { name: "use_dropout", type: "boolean" },
  { name: "dropout", type: "float", low: 0, high: 0.5, naturalLow: true, when: { use_dropout: [true] } },
  { name: "kind", type: "categorical", values: ["a", "b", "c"] },
]
const metric: Metric = { name: "valid/error", goal: "minimize" }
const stands = { learning_rate: 0.01, use_dropout: true, dropout: 0.1, kind: "a" }

const decoded = decodeCampaign({
  name: "final",
  trainer: { type: "program", command: ["python3", "train.py", "{seeds.init}"] },
  metric,
  maxTrainSteps: 100,
  evalEverySteps: 10,
  hyperparameters,
  baseline: stands,
  goals: [{ kind: "final-tuning", question: "What is best?", trials: 20 }],
})
if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
const { spec } = decoded
const [work] = spec.goals as ReadonlyArray<FinalTuningWork>
const design = designFinal({
  spec,
  work: work!,
  place: 1,
  stands: { hyperparameters: stands, training: { maxTrainSteps: 100 } },
})

/** Best at a learning rate of 0.01, whatever else; every third without dropout. */
const trialsOf = (count: number, effect = 1): ReadonlyArray<Trial> => {
  const random = randomOf("refined-space")
  return Array.from({ length: count }, (_, at): Trial => {
    const log = -4 * random.uniform()
    const dropout: Hyperparameters =
      at % 3 === 0 ? { use_dropout: false } : { use_dropout: true, dropout: 0.5 * random.uniform() }
    const value = 0.1 + effect * 0.1 * (log + 2) ** 2 + 0.001 * random.uniform()
    const kind = ["a", "b", "c"][at % 3]!
    return {
      id: `g1.all/${at}`,
      hyperparameters: { learning_rate: 10 ** log, ...dropout, kind },
      status: "completed",
      value,
    }
  })
}

const refined = (trials: ReadonlyArray<Trial>, worse: ReadonlyArray<WorseValue> = []) =>
  refineSpace({ design, explored: [], trials, stands, worse, metric })

const rangeOf = ({ design: { studies } }: ReturnType<typeof refined>, name: string) => {
  const found = studies[0]?.searched.find((one) => one.name === name)
  return found !== undefined && "low" in found ? [found.low, found.high] : undefined
}

describe("the refined space", () => {
  test("lies comfortably around the best, and what stands is inside", () => {
    const space = refined(trialsOf(60))
    const [low = 0, high = 0] = rangeOf(space, "learning_rate") ?? []
    expect(low).toBeGreaterThan(1e-4)
    expect(low).toBeLessThan(5e-3)
    expect(high).toBeGreaterThan(0.02)
    expect(high).toBeLessThan(1)
    const [range] = space.ranges
    expect(range).toMatchObject({ hyperparameter: "learning_rate", explored: [1e-4, 1], best: 12, of: 60 })
    expect(range!.refined[0]).toBeLessThan(range!.span[0])
    expect(range!.refined[1]).toBeGreaterThan(range!.span[1])
  })

  test("is never narrower than a quarter of what was explored, nor beyond it", () => {
    const tight = trialsOf(40).map((trial, at) => ({
      ...trial,
      hyperparameters: { ...trial.hyperparameters, learning_rate: at < 12 ? 1e-4 * (1 + at / 1000) : 0.9 },
      value: at < 12 ? 0.1 : 0.5,
    }))
    const at = { ...stands, learning_rate: 1e-4 }
    const space = refineSpace({ design, explored: [], trials: tight, stands: at, worse: [], metric })
    const [low = 0, high = 0] = rangeOf(space, "learning_rate") ?? []
    expect(low).toBe(1e-4)
    // A quarter of four decades.
    expect(high).toBeCloseTo(1e-3, 5)
  })

  test("keeps natural limits as they are", () => {
    const low = trialsOf(60).map((trial) =>
      trial.hyperparameters.dropout === undefined
        ? { ...trial, value: 0.9 }
        : { ...trial, value: 0.1 + Number(trial.hyperparameters.dropout) },
    )
    const found = refined(low).design.studies[0]?.searched.find(({ name }) => name === "dropout")
    expect(found).toMatchObject({ low: 0, naturalLow: true })
  })

  test("reaches as far as a refinement explored", () => {
    const wide = { ...hyperparameters[0]!, high: 10 } as Hyperparameter
    const beyond = trialsOf(60).map((trial) => {
      const learning_rate = Number(trial.hyperparameters.learning_rate) * 10
      return { ...trial, hyperparameters: { ...trial.hyperparameters, learning_rate }, value: -learning_rate }
    })
    const space = refineSpace({
      ...{ design, explored: [{ searched: [wide] }], trials: beyond, worse: [], metric },
      stands: { ...stands, learning_rate: 5 },
    })
    expect(rangeOf(space, "learning_rate")?.[1]).toBe(10)
  })

  test("stays as it was declared where there are too few trials", () => {
    const space = refined(trialsOf(9))
    expect(space.ranges).toEqual([])
    expect(rangeOf(space, "learning_rate")).toEqual([1e-4, 1])
    expect(space.text).toContain("as it was declared")
    expect(refinedSpaceText.ja(space)).toContain("9 個")
  })

  test("stays for a hyperparameter that too few trials have", () => {
    const few = trialsOf(14)
    expect(refined(few).unrefined).toContain("dropout")
    expect(refined(few).ranges.map(({ hyperparameter }) => hyperparameter)).toEqual(["learning_rate"])
  })

  test("leaves out a value only where an answer established it as worse, and no good trial has it", () => {
    const worse = [{ name: "kind", value: "c", goal: 1 }]
    const values = (space: ReturnType<typeof refined>) =>
      space.design.studies[0]?.searched.find(({ name }) => name === "kind")
    const without = trialsOf(60).map((trial) => (trial.hyperparameters.kind === "c" ? { ...trial, value: 0.9 } : trial))
    expect(values(refined(without))).toMatchObject({ values: ["a", "b", "c"] })
    expect(values(refined(without, worse))).toMatchObject({ values: ["a", "b"] })
    expect(refined(without, worse).text).toContain("kind c is left out: goal 1")
    // Good trials have it.
    expect(values(refined(trialsOf(60), worse))).toMatchObject({ values: ["a", "b", "c"] })
    // So does what stands.
    const standing = { design, explored: [], trials: without, stands: { ...stands, kind: "c" }, worse, metric }
    expect(values(refineSpace(standing))).toMatchObject({ values: ["a", "b", "c"] })
  })

  test("loses what was conditional on a value that is left out", () => {
    const none = trialsOf(60).map((trial) =>
      trial.hyperparameters.use_dropout === true ? { ...trial, value: 0.9 } : trial,
    )
    const plain = { learning_rate: 0.01, use_dropout: false, kind: "a" }
    const worse = [{ name: "use_dropout", value: true, goal: 1 }]
    const space = refineSpace({ design, explored: [], trials: none, stands: plain, worse, metric })
    expect(space.design.studies[0]?.searched.map(({ name }) => name)).toEqual(["learning_rate", "use_dropout", "kind"])
  })

  test("takes no infeasible trial for a good one", () => {
    const diverged = trialsOf(60).map((trial): Trial => {
      if (Number(trial.hyperparameters.learning_rate) < 0.1) return trial
      return { id: trial.id, hyperparameters: trial.hyperparameters, status: "infeasible" }
    })
    expect(rangeOf(refined(diverged), "learning_rate")?.[1]).toBeLessThan(0.3)
  })
})
