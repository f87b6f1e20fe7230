import { constant, contains } from "@tanren/space"
import type { Hyperparameter, Hyperparameters } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { type StudyDesign, studyPoint, studyTrials } from "../src/index.ts"

const space: ReadonlyArray<Hyperparameter> = [
  { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
  { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
  { name: "learning_rate", type: "float", low: 1e-3, high: 10, scale: "log", when: { optimizer: ["nesterov"] } },
  { name: "momentum", type: "float", low: 0.5, high: 0.999, scale: "reverse_log", when: { optimizer: ["nesterov"] } },
  { name: "layers", type: "int", low: 1, high: 6 },
]
const design: StudyDesign = {
  id: "one",
  scientific: {},
  searched: space,
  held: {},
  algorithm: "halton",
  seed: 1,
  from: 0,
  trials: 50,
}
const points = (of: StudyDesign, count: number): ReadonlyArray<Hyperparameters> =>
  Array.from({ length: count }, (_, index) => studyPoint(of, index))

describe("a study's points", () => {
  test("the first fifty of a hundred are those of fifty; two seeds differ", () => {
    expect(points({ ...design, trials: 100 }, 100).slice(0, 50)).toEqual(points(design, 50))
    expect(points({ ...design, seed: 2 }, 50)).not.toEqual(points(design, 50))
  })

  test("a refinement goes on where its study stopped", () => {
    expect(points({ ...design, from: 20 }, 10)).toEqual(points(design, 30).slice(20))
  })

  test.each(["halton", "algoperf-halton", "random"] as const)("%s: all lie in the space", (algorithm) => {
    for (const point of points({ ...design, algorithm }, 60)) expect(contains(space, point)).toEqual({ ok: true })
  })

  test("held values join the searched ones and decide their conditions", () => {
    const searched = space.slice(1)
    for (const point of points({ ...design, searched, held: { optimizer: "adam" } }, 10)) {
      expect(Object.keys(point)).toEqual(["optimizer", "learning_rate", "layers"])
      expect(contains(space, point)).toEqual({ ok: true })
    }
  })

  test("a constant reaches the program where it is active and takes no dimension", () => {
    const momentum = space[3] as Hyperparameter
    const held = space.with(3, constant(momentum, 0.9))
    const without = space.filter((hyperparameter) => hyperparameter !== momentum)
    const withConstant = points({ ...design, searched: held }, 30)
    expect(withConstant.map(({ momentum: _, ...rest }) => rest)).toEqual(points({ ...design, searched: without }, 30))
    for (const point of withConstant) expect(point.momentum).toBe(point.optimizer === "nesterov" ? 0.9 : undefined)
  })

  test.each(["halton", "random"] as const)(
    "%s: what studies of a seed have in common has the same values in each",
    (algorithm) => {
      const [layers, momentum] = [
        space[4],
        { name: "momentum", type: "float", low: 0.5, high: 0.99 },
      ] as Hyperparameter[]
      const rate: Hyperparameter = { name: "rate", type: "float", low: 0, high: 1 }
      const common = ["layers", "momentum"]
      const shared = { ...design, algorithm, common } as const
      // The one that only some have is declared first, and takes the last dimension all the same.
      const few = points({ ...shared, searched: [layers, momentum] as Hyperparameter[] }, 40)
      const more = points({ ...shared, searched: [rate, layers, momentum] as Hyperparameter[] }, 40)
      expect(more.map(({ rate: _, ...rest }) => rest)).toEqual(few)
      expect(new Set(more.map((point) => point.rate)).size).toBe(40)
      // A refinement that goes on from here still shares them.
      const later = points({ ...shared, searched: [rate, layers, momentum] as Hyperparameter[], from: 40 }, 10)
      const without = points({ ...shared, searched: [layers, momentum] as Hyperparameter[], from: 40 }, 10)
      expect(later.map(({ rate: _, ...rest }) => rest)).toEqual(without)
    },
  )

  test("a study that shares all it searches, or nothing, has the points of before there was sharing", () => {
    const searched = space.slice(2)
    const held = { optimizer: "nesterov" }
    const names = searched.map(({ name }) => name)
    const alone = points({ ...design, searched, held }, 30)
    expect(points({ ...design, searched, held, common: names }, 30)).toEqual(alone)
    expect(points({ ...design, searched, held, common: [] }, 30)).toEqual(alone)
  })

  test("a study that searches nothing repeats what it holds", () => {
    expect(studyPoint({ ...design, searched: [], held: { layers: 2 } }, 3)).toEqual({ layers: 2 })
  })

  test("listed points are tried in their order", () => {
    const listed: StudyDesign = { ...design, searched: [], algorithm: "listed", points: [{ layers: 2 }, { layers: 5 }] }
    expect(studyTrials(listed)).toEqual({ ok: true, trials: 2 })
    expect(points(listed, 2)).toEqual([{ layers: 2 }, { layers: 5 }])
    expect(() => studyPoint(listed, 2)).toThrow("2 points")
    expect(studyTrials({ ...listed, points: [] })).toHaveProperty("ok", false)
  })
})

describe("grid search", () => {
  const rate: Hyperparameter = { name: "learning_rate", type: "float", low: 1e-4, high: 1, scale: "log" }
  const gridOf = (searched: ReadonlyArray<Hyperparameter>, trials: number): StudyDesign => ({
    ...design,
    searched,
    algorithm: "grid",
    trials,
  })

  test("one dimension: evenly on the scale, both ends included", () => {
    expect(points(gridOf([rate], 5), 5).map(({ learning_rate }) => learning_rate)).toEqual([1e-4, 1e-3, 0.01, 0.1, 1])
    expect(studyPoint(gridOf([rate], 1), 0)).toEqual({ learning_rate: 0.01 })
  })

  test("two dimensions, as many levels as the trials carry", () => {
    const width: Hyperparameter = { name: "width", type: "discrete", values: [16, 32, 64] }
    const both = gridOf([width, rate], 10)
    expect(studyTrials(both)).toEqual({ ok: true, trials: 9 })
    expect(points(both, 9).map(({ width, learning_rate }) => [width, learning_rate])).toEqual(
      [16, 32, 64].flatMap((width) => [1e-4, 0.01, 1].map((learningRate) => [width, learningRate])),
    )
    expect(studyTrials(gridOf([rate, { name: "x", type: "float", low: 0, high: 1 }], 11))).toEqual({
      ok: true,
      trials: 9,
    })
  })

  test("an inactive hyperparameter does not double points; few whole numbers do not repeat", () => {
    const dropout: ReadonlyArray<Hyperparameter> = [
      { name: "use_dropout", type: "boolean" },
      { name: "dropout_rate", type: "float", low: 0.1, high: 0.5, when: { use_dropout: [true] } },
    ]
    expect(studyTrials(gridOf(dropout, 6))).toEqual({ ok: true, trials: 4 })
    expect(studyTrials(gridOf([{ name: "layers", type: "int", low: 1, high: 3 }], 20))).toEqual({ ok: true, trials: 3 })
  })

  test("more dimensions, none, or too few trials are refused with the reason", () => {
    expect(studyTrials(gridOf(space, 50))).toEqual({ ok: false, reason: expect.stringContaining("here are 5") })
    expect(studyTrials(gridOf([], 50))).toEqual({ ok: false, reason: expect.stringContaining("here are none") })
    expect(studyTrials(gridOf([{ name: "width", type: "discrete", values: [1, 2, 3] }], 2))).toEqual({
      ok: false,
      reason: expect.stringContaining("needs 3 trials"),
    })
    expect(() => studyPoint(gridOf(space, 50), 0)).toThrow("grid search is for one or two")
  })
})
