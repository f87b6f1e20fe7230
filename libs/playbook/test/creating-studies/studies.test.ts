import { type StudyDesign, studyPoint } from "@tanren/search"
import { contains } from "@tanren/space"
import { describe, expect, test } from "vitest"
import { startOf } from "../../src/adopting-a-change/what-stands.ts"
import type { Goal } from "../../src/campaign/campaign.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import { commonPoints } from "../../src/creating-studies/common-points.ts"
import { coverageOf } from "../../src/creating-studies/coverage.ts"
import { groupCount, valueGroups } from "../../src/creating-studies/groups.ts"
import { designGoal, type GoalDesign } from "../../src/creating-studies/studies.ts"
import { digits, optimizers } from "../campaigns.ts"

function specOf(file: unknown) {
  const decoded = decodeCampaign(file)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues, null, 2))
  return decoded.spec
}

function designOf(file: unknown, baseline?: Record<string, string | number | boolean>, goalIndex = 0): GoalDesign {
  const spec = specOf(file)
  const goal = spec.goals[goalIndex] as Goal | undefined
  if (goal === undefined) throw new Error(`no goal ${goalIndex}`)
  return designGoal({ spec, goal, goalIndex, stands: { ...startOf(spec), hyperparameters: baseline ?? spec.baseline } })
}

const withGoal = (change: object) => ({ ...digits, goals: [{ ...digits.goals[0], ...change }] })
const rules = (design: GoalDesign) => design.warnings.map(({ rule }) => rule)
const searched = (design: GoalDesign) => design.studies.map((study) => study.searched.map(({ name }) => name))

describe("one study for each scientific value", () => {
  const design = designOf(digits)

  test("with ids that can be read, a share each, and a third kept for refinement", () => {
    expect(design.studies.map(({ id, trials, from }) => [id, trials, from])).toEqual([
      ["g1.use_dropout=false", 16, 0],
      ["g1.use_dropout=true", 16, 0],
    ])
    expect(design.shares).toEqual({ perStudy: 16, reserved: 16, left: 0 })
    expect(design.rule).toBe("study-design@2")
  })

  test("conditional hyperparameters only where they are active", () => {
    expect(searched(design)).toEqual([
      ["learning_rate", "momentum", "weight_decay"],
      ["learning_rate", "momentum", "weight_decay", "dropout_rate"],
    ])
  })

  test("fixed at the baseline current when the goal starts, which is a caveat", () => {
    const later = designOf(digits, { ...digits.baseline, width: 128 })
    expect(later.studies.every(({ held }) => held.width === 128)).toBe(true)
    expect(later.caveats).toEqual([
      { hyperparameter: "width", value: 128, from: "baseline", text: "holds for width 128 only" },
    ])
    expect(designOf(withGoal({ fixed: [{ width: 32 }] })).caveats[0]).toMatchObject({ value: 32, from: "goal" })
  })

  test("every trial lies in the campaign's space", () => {
    const spec = specOf(digits)
    for (const study of design.studies) {
      for (let index = 0; index < study.trials; index++) {
        expect(contains(spec.hyperparameters, studyPoint(study, index))).toEqual({ ok: true })
      }
    }
  })

  test("seeds differ by goal and campaign, and stay the same otherwise", () => {
    const seeds = (file: unknown) => designOf(file).studies.map(({ seed }) => seed)
    expect(seeds(digits)).toEqual(seeds(digits))
    const second = designOf({ ...digits, goals: [digits.goals[0], digits.goals[0]] }, undefined, 1)
    expect(second.studies[0]?.id).toBe("g2.use_dropout=false")
    const all = [...seeds(digits), ...seeds({ ...digits, seed: 1 }), ...second.studies.map(({ seed }) => seed)]
    expect(new Set(all).size).toBe(3)
  })

  test("the same nuisance hyperparameters are tried at the same points, and what only one value has comes last", () => {
    expect(design.studies.map(({ common }) => common)).toEqual([
      ["learning_rate", "momentum", "weight_decay"],
      ["learning_rate", "momentum", "weight_decay"],
    ])
    const [without, with_] = design.studies as [StudyDesign, StudyDesign]
    const pairs = Array.from(
      { length: 16 },
      (_, index) => [studyPoint(without, index), studyPoint(with_, index)] as const,
    )
    for (const [one, { dropout_rate, ...other }] of pairs) {
      expect({ ...other, use_dropout: false }).toEqual(one)
      expect(dropout_rate).toBeGreaterThan(0)
    }
    const numbers = commonPoints(design, [pairs.map(([one]) => one), pairs.map(([, other]) => other).reverse()])
    expect(numbers[1]?.toReversed()).toEqual(numbers[0])
    expect(new Set(numbers[0]).size).toBe(16)
  })

  test("a goal that was designed before stays at its points: its seeds are recorded with it", () => {
    const recorded = design.studies.map(({ common: _, ...study }) => study)
    const numbers = commonPoints({ layout: "each", studies: recorded }, [
      [{ learning_rate: 1 }],
      [{ learning_rate: 1 }],
    ])
    expect(numbers).toEqual([[null], [null]])
  })

  test("a learning rate of one optimizer is not that of another: nothing is shared, every study has its seed", () => {
    const { studies } = designOf(optimizers(48))
    expect(studies.map(({ common }) => common)).toEqual([undefined, undefined])
    expect(new Set(studies.map(({ seed }) => seed)).size).toBe(2)
  })

  test("a point that comes twice in a study is two", () => {
    const studies = design.studies
    const point = { learning_rate: 0.1, momentum: 0.9, weight_decay: 0 }
    expect(commonPoints({ layout: "each", studies }, [[point, point], [point]])).toEqual([[0, 1], [0]])
  })

  test("what equal shares leave over is told", () => {
    const design = designOf(withGoal({ trials: 49 }))
    expect(design.shares.left).toBe(1)
    expect(rules(design)).toContain("equal-effort")
  })

  test("a fixed value under a searched switch stays conditional", () => {
    const design = designOf({
      ...withGoal({ scientific: ["width"], fixed: [{ dropout_rate: 0.3 }], studies: "joint" }),
    })
    const study = design.studies[0]
    expect(study?.held).toEqual({})
    const points = Array.from({ length: 20 }, (_, index) => studyPoint(study!, index))
    expect(new Set(points.map(({ dropout_rate }) => dropout_rate))).toEqual(new Set([undefined, 0.3]))
    expect(points.every(({ use_dropout, dropout_rate }) => (dropout_rate !== undefined) === use_dropout)).toBe(true)
  })

  test("names that a file system would confuse get a number", () => {
    const file = {
      ...digits,
      hyperparameters: [
        ...digits.hyperparameters,
        { name: "act", type: "categorical", values: ["relu", "ReLU", "a/b", "a:b"] },
      ],
      baseline: { ...digits.baseline, act: "relu" },
      goals: [{ question: "Which activation?", scientific: ["act"], fixed: ["width", "use_dropout"], trials: 40 }],
    }
    const ids = designOf(file).studies.map(({ id }) => id)
    expect(ids).toEqual(["g1.act=relu", "g1.act=ReLU-2", "g1.act=a-b", "g1.act=a-b-2"])
    expect(ids.every((id) => /^[A-Za-z0-9._=,+-]+$/.test(id))).toBe(true)
  })
})

describe("one joint study", () => {
  const many = {
    ...digits,
    hyperparameters: [...digits.hyperparameters, { name: "depth", type: "int", low: 1, high: 8 }],
    baseline: { ...digits.baseline, depth: 2 },
    goals: [{ question: "How deep?", scientific: ["depth"], fixed: ["width", "use_dropout"], trials: 96 }],
  }

  test("where the scientific values are many, evenly covered", () => {
    const design = designOf(many)
    expect(design).toMatchObject({ layout: "joint", studies: [{ id: "g1.joint", trials: 64 }] })
    expect(design.desiderata.scientificValues).toBe(8)
    expect(rules(design)).not.toContain("even-coverage")
    const [coverage] = coverageOf(design.studies[0]!, ["depth"])
    expect(coverage?.trials.reduce((sum, { count }) => sum + count, 0)).toBe(64)
    expect(groupCount(design)).toBe(5)
  })

  test("too few trials starve some values, and it says which", () => {
    const file = {
      ...many,
      hyperparameters: [
        ...digits.hyperparameters,
        { name: "depth", type: "categorical", values: [1, 2, 3, 4, 5, 6, 7, 8] },
      ],
    }
    const design = designOf({ ...file, goals: [{ ...many.goals[0], trials: 9 }] })
    const warning = design.warnings.find(({ rule }) => rule === "even-coverage")
    expect(warning?.text).toMatch(/depth is sampled unevenly \(.*a fair share is 1\.1 trials\)/)
  })

  test("whole numbers in fifths carry the whole numbers in their labels", () => {
    const design = designOf(many)
    const study = design.studies[0]!
    const trials = Array.from({ length: study.trials }, (_, index) => ({ hyperparameters: studyPoint(study, index) }))
    expect(new Set(valueGroups(design, trials).map(({ label }) => label))).toEqual(
      new Set(["depth=1…2", "depth=3", "depth=4…5", "depth=6", "depth=7…8"]),
    )
  })

  test("where a scientific hyperparameter has a range; trials are grouped by fifths of it", () => {
    const design = designOf(withGoal({ scientific: ["weight_decay"], fixed: ["width", "use_dropout"] }))
    expect(design.layout).toBe("joint")
    expect(design.why).toContain("range")
    const study = design.studies[0]!
    const trials = Array.from({ length: study.trials }, (_, index) => ({ hyperparameters: studyPoint(study, index) }))
    const groups = valueGroups(design, trials)
    expect(groups).toHaveLength(5)
    expect(groups.reduce((sum, group) => sum + group.trials.length, 0)).toBe(study.trials)
    expect(groups.map(({ label }) => label)).toContain("weight_decay=1e-6…6.31e-6")
  })

  test("as asked, or not as asked", () => {
    expect(designOf(withGoal({ studies: "joint" })).layout).toBe("joint")
    expect(designOf({ ...many, goals: [{ ...many.goals[0], studies: "each" }] }).studies).toHaveLength(8)
  })
})

test("more than a few values with nuisance hyperparameters of their own get a study each", () => {
  const values = ["a", "b", "c", "d", "e", "f", "g"]
  const file = {
    ...digits,
    hyperparameters: [
      { name: "kind", type: "categorical", values },
      ...values.map((kind) => ({
        name: "rate",
        type: "float",
        low: 1e-3,
        high: 1,
        scale: "log",
        when: { kind: [kind] },
      })),
    ],
    baseline: { kind: "a", rate: 0.1 },
    goals: [{ question: "Which kind?", scientific: ["kind"], trials: 70 }],
  }
  expect(designOf(file).studies).toHaveLength(7)
})

test("nothing scientific: one study that compares nothing", () => {
  const design = designOf({ ...digits, goals: [{ question: "As low as it goes", fixed: ["width"], trials: 30 }] })
  expect(design).toMatchObject({ layout: "single", studies: [{ id: "g1.all" }] })
  expect(groupCount(design)).toBe(1)
})

describe("scientific values under scientific values", () => {
  test("combine only where they exist", () => {
    const file = {
      ...optimizers(90),
      goals: [{ question: "Which?", scientific: ["optimizer", "nesterov"], trials: 90 }],
      hyperparameters: [
        ...optimizers(90).hyperparameters,
        { name: "nesterov", type: "boolean", when: { optimizer: ["nesterov"] } },
      ],
      baseline: { ...optimizers(90).baseline, nesterov: true },
    }
    expect(designOf(file).studies.map(({ id }) => id)).toEqual([
      "g1.optimizer=nesterov,nesterov=false",
      "g1.optimizer=nesterov,nesterov=true",
      "g1.optimizer=adam",
    ])
  })
})

describe("rules of thumb warn and change nothing", () => {
  const cases: ReadonlyArray<readonly [string, unknown, string]> = [
    ["a fixed learning rate", withGoal({ fixed: ["width", "learning_rate"] }), "fixed-optimizer-hyperparameter"],
    [
      "a scientific learning rate",
      withGoal({ scientific: ["learning_rate"], fixed: ["width", "use_dropout"] }),
      "scientific-optimizer-hyperparameter",
    ],
    ["an unlisted switch", withGoal({ scientific: ["width"], fixed: [] }), "nuisance-regulariser-switch"],
    ["an unlisted width", withGoal({ fixed: [] }), "nuisance-architecture"],
    [
      "weight decay fixed while widths are compared",
      withGoal({ scientific: ["width"], fixed: ["weight_decay", "use_dropout"] }),
      "fixed-regulariser",
    ],
    [
      "an unlisted optimizer",
      { ...optimizers(60), goals: [{ question: "Best?", direction: "exploit", trials: 60 }] },
      "nuisance-optimizer",
    ],
    [
      "three questions at once",
      withGoal({ scientific: ["use_dropout", "width", "weight_decay"], fixed: [] }),
      "narrow-scope",
    ],
    ["a greedy goal that compares", withGoal({ direction: "exploit" }), "direction"],
    ["a thin study", withGoal({ trials: 8, fixed: [] }), "density"],
    [
      "everything fixed",
      withGoal({ fixed: ["width", "learning_rate", "momentum", "weight_decay", { dropout_rate: 0.1 }] }),
      "breadth",
    ],
  ]
  test.each(cases)("%s", (_, file, rule) => {
    const design = designOf(file)
    const warning = design.warnings.find((one) => one.rule === rule)
    expect(warning?.section).toBeTruthy()
    const given = design.roles.filter((role) => role.given)
    const asked = specOf(file).goals[0] as Goal
    for (const { name, role } of given) {
      const listed =
        role === "fixed"
          ? asked.fixed.some((one) => one === name || (typeof one !== "string" && name in one))
          : asked[role].includes(name)
      expect(listed).toBe(true)
    }
  })
  test("the plain goal needs no warning", () => expect(rules(designOf(digits))).toEqual([]))
})
