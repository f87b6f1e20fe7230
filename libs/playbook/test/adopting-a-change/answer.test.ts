import { randomOf } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { type AnswerGroup, type AnswerInput, answerGoal } from "../../src/adopting-a-change/answer.ts"
import { describeAnswer } from "../../src/describe.ts"

const metric = { name: "valid/error", goal: "minimize" } as const
const group = (label: string, repeats: ReadonlyArray<number>, over: Partial<AnswerGroup> = {}): AnswerGroup => ({
  label,
  best: `${label}-best`,
  studyValues: [0.05, 0.055, 0.06, 0.07, 0.08, 0.3],
  infeasible: 2,
  repeats,
  ...over,
})
const good = [0.05, 0.052, 0.051, 0.049, 0.05]
const bad = [0.06, 0.061, 0.0605, 0.059, 0.062]
/** A search of sixteen points that other values tried as well, where this one comes to so much more. */
const searched = (more: number, points = true): Partial<AnswerGroup> => {
  const values = Array.from(
    { length: 16 },
    (_, at) => 0.05 + more + 0.004 * ((at * 7) % 16) + 0.0001 * at * (more > 0 ? 1 : -1),
  )
  return {
    studyValues: values,
    infeasible: 0,
    trials: values.map((value, at) => ({ point: points ? at : null, value })),
  }
}
const input = (groups: ReadonlyArray<AnswerGroup>, over: Partial<AnswerInput> = {}): AnswerInput => ({
  metric,
  groups,
  baselineRepeats: [0.09, 0.091, 0.092],
  validationExamples: 600,
  ...over,
})

describe("the answer to a goal", () => {
  test("percent are told as percent, and their differences as points, in both languages", () => {
    const hundred = (values: ReadonlyArray<number>) => values.map((value) => 100 - 100 * value)
    const answer = answerGoal(
      input([group("a", hundred(bad)), group("b", hundred(good))], {
        metric: { name: "valid/accuracy", goal: "maximize" },
        baselineRepeats: hundred([0.09, 0.091, 0.092]),
      }),
    )
    for (const text of [answer.text, describeAnswer(answer, "ja")]) {
      expect(text).toContain("94.96")
      expect(text).toContain("1.01")
      expect(text).not.toMatch(/\b9\d{3}\b|\b1\d\d\.\d\d/)
    }
  })
  test("names the better value with difference, interval and the three uncertainties apart", () => {
    const answer = answerGoal(
      input([group("use_dropout=false", bad, searched(0.01)), group("use_dropout=true", good, searched(0))]),
    )
    expect(answer).toMatchObject({ rule: "answer@2", verdict: "better", better: "use_dropout=true" })
    expect(answer).toMatchObject({
      betterPoint: "use_dropout=true",
      notBest: ["use_dropout=false"],
      trialsNeeded: null,
    })
    expect(answer.comparisons).toHaveLength(1)
    expect(answer.comparisons[0]).toMatchObject({ best: "use_dropout=true", other: "use_dropout=false", level: 0.95 })
    expect(answer.comparisons[0]?.difference).toBeCloseTo(0.0101, 10)
    expect(answer.trialVariance?.df).toBe(10)
    expect(answer.text).toMatch(/^use_dropout=true is better, and would be had the search been run again\. /)
    expect(answer.text).toMatch(/Had both been searched again.*Trial variance.*Study variance.*Sampling error/)
  })

  test("a point that beats the other is not yet a better value: that takes trials, not re-runs", () => {
    const answer = answerGoal(
      input([group("a", bad), group("b", good, { studyValues: [0.04, 0.052, 0.06, 0.07, 0.08, 0.3] })]),
    )
    expect(answer).toMatchObject({ verdict: "better-point", better: null, betterPoint: "b", notBest: [] })
    expect(answer.comparisons[0]?.again).toMatchObject({ common: false, established: false, chance: null })
    expect(answer.trialsNeeded?.now).toBe(8)
    expect(answer.trialsNeeded?.needed).toBeGreaterThan(8)
    expect(answer.text).toMatch(
      /^The point found for b beats the one found for a\. That b is the better value is not established/,
    )
    expect(answer.text).toContain(`About ${answer.trialsNeeded?.needed} for each value instead of 8 would show it`)
    expect(answer.text).not.toContain("run each value again")
    // More re-runs make the points surer, and the values not at all.
    const often = (values: ReadonlyArray<number>) => Array.from({ length: 40 }, (_, at) => values[at % 5] as number)
    const surer = answerGoal(input([group("a", often(bad)), group("b", often(good))]))
    expect(surer.comparisons[0]?.low).toBeGreaterThan(answer.comparisons[0]?.low ?? 1)
    expect(surer.verdict).toBe("better-point")
  })

  test("the same trials show a value at common points that they do not show at points of their own", () => {
    const of = (points: boolean) =>
      answerGoal(input([group("a", bad, searched(0.01, points)), group("b", good, searched(0, points))]))
    expect(of(true).comparisons[0]?.again).toMatchObject({
      common: true,
      drawn: [
        { k: 8, of: 16 },
        { k: 8, of: 16 },
      ],
    })
    expect(of(true).verdict).toBe("better")
    expect(of(false).comparisons[0]?.again).toMatchObject({ common: false })
    expect(of(false).verdict).toBe("better-point")
  })

  test("the value that won its study may lose on fresh seeds: only those count", () => {
    const lucky = group("lucky", bad, { studyValues: [0.001, 0.05, 0.06] })
    const answer = answerGoal(input([lucky, group("steady", good, { studyValues: [0.04, 0.05, 0.06] })]))
    expect(answer.betterPoint).toBe("steady")
    expect(answer.groups.find(({ label }) => label === "lucky")?.bestStudyValue).toBe(0.001)
  })

  test("values are compared by their own re-runs, whatever their labels", () => {
    const level = [0.0505, 0.0515, 0.052, 0.049, 0.051]
    const groups = [group("beta2=1", bad, { best: "a/0" }), group("beta2=1", good, { best: "b/0" }), group("x", level)]
    const answer = answerGoal(input(groups))
    expect(answer.groups.map(({ best }) => best)).toEqual(["b/0", "x-best", "a/0"])
    expect(answer.comparisons.map(({ difference }) => difference)).toEqual([
      expect.closeTo(0.0004, 10),
      expect.closeTo(0.0101, 10),
    ])
    const few = answerGoal(input([group("c=1", good), group("c=1", [0.06, 0.061])]))
    expect(few.undecided).toContain("for c=1 (2):")
    expect(describeAnswer(few, "ja")).toContain("c=1（2 回）．")
    expect(describeAnswer(few, "ja")).not.toContain("c=1（5 回）")
  })

  test("a metric to be maximised turns it around", () => {
    const accuracy = { name: "valid/accuracy", goal: "maximize" } as const
    expect(answerGoal(input([group("low", good), group("high", bad)], { metric: accuracy })).betterPoint).toBe("high")
  })

  test("no difference is not equality: it says what would show one", () => {
    const answer = answerGoal(input([group("a", good), group("b", [0.0505, 0.0515, 0.052, 0.049, 0.051])]))
    expect(answer.verdict).toBe("no-difference-established")
    expect(answer.repeatsNeeded).toBeGreaterThan(5)
    expect(answer.text).toContain("To be more certain: run each value again")
  })

  test("of three values, one can be out while the other two stay level", () => {
    const near = [0.0505, 0.0515, 0.052, 0.049, 0.051]
    const level = searched(0)
    const answer = answerGoal(
      input([group("tanh", bad, searched(0.01)), group("relu", good, level), group("gelu", near, level)]),
    )
    expect(answer.verdict).toBe("no-difference-established")
    expect(answer.notBest).toEqual(["tanh"])
    // Each statement that all must hold together is made at the plain level.
    expect(answer.comparisons.map(({ level }) => level)).toEqual([0.95, 0.95])
    expect(answer.text).toContain("tanh is not the best")
  })

  test("more certainty is about the smallest difference that has to be shown, named", () => {
    const near = [0.0505, 0.0515, 0.052, 0.049, 0.051]
    const far = [0.051, 0.0535, 0.053, 0.049, 0.0515]
    const two = answerGoal(input([group("relu", good), group("gelu", near)]))
    const three = answerGoal(input([group("elu", far), group("relu", good), group("gelu", near)]))
    expect(three).toMatchObject({ verdict: "no-difference-established", notBest: [] })
    expect(three.comparisons.find(({ other }) => other === "elu")?.difference).toBeGreaterThan(
      three.closest?.difference ?? Number.NaN,
    )
    expect(three.closest).toMatchObject({ best: "relu", other: "gelu" })
    expect(three.repeatsNeeded).toBeGreaterThanOrEqual(two.repeatsNeeded ?? Number.NaN)
    expect(three.text).toContain(`run each value again ${three.repeatsNeeded} times instead of 5`)
    expect(three.text).toContain(
      "between the points found for relu and gelu as large as this one (0.04 points, the smallest that",
    )
  })

  test("failed trials are told; too many of one value are unequal effort", () => {
    const sixteen = (failed: number) =>
      group("b", bad, {
        studyValues: Array.from({ length: 16 - failed }, (_, at) => 0.06 + at / 100),
        infeasible: 0,
        failed,
      })
    const few = answerGoal(input([group("a", good), sixteen(4)]))
    expect(few).toMatchObject({ verdict: "better-point", betterPoint: "a" })
    expect(few.text).toContain("Warning: 4 of 16 trials of b failed")
    const many = answerGoal(input([group("a", good), sixteen(5)]))
    expect(many).toMatchObject({ verdict: "undecided", better: null, notBest: [] })
    expect(many.undecided).toBe("5 of 16 trials of b failed, so the values were not tuned with equal effort")
    expect(answerGoal(input([group("a", good), sixteen(15)])).verdict).toBe("undecided")
    expect(answerGoal(input([group("a", good), sixteen(0)])).text).not.toContain("Warning")
  })

  test("half as many trials again are still equal effort, whoever gave them; more are not", () => {
    const of = (trials: number) => ({
      studyValues: Array.from({ length: trials }, (_, at) => 0.05 + at / 100),
      infeasible: 0,
    })
    const answerOf = (a: number, b: number) => answerGoal(input([group("a", good, of(a)), group("b", bad, of(b))]))
    expect(answerOf(12, 8).verdict).toBe("better-point")
    expect(answerOf(13, 3)).toMatchObject({
      verdict: "undecided",
      because: { reason: "uneven-effort", values: ["a", "b"] },
    })
    expect(answerOf(3, 13).undecided).toBe(
      "the values were not tuned with equal effort (a 3 trials, b 13 trials): the best of more trials is better for that alone",
    )
    // Diverged trials are effort as well.
    const diverged = answerGoal(input([group("a", good, of(13)), group("b", bad, { ...of(3), infeasible: 10 })]))
    expect(diverged.verdict).toBe("better-point")
  })

  test("a goal that compares nothing tells what its best point scores on fresh re-runs", () => {
    const answer = answerGoal(input([group("all", good)]))
    expect(answer).toMatchObject({ verdict: "best-found", better: null, comparisons: [] })
    expect(answer.text).toMatch(/Nothing was compared\. Mean valid\/error over \d+ fresh re-runs/)
    // The one group's name says nothing.
    expect(answer.text).toMatch(/the best of half a study's trials: \d/)
    const lame = answerGoal(input([group("all", good, { failed: 20 })]))
    expect(lame.verdict).toBe("best-found")
    expect(lame.text).toContain("Warning: 20 of 28 trials of all failed")
  })

  test.each<[string, AnswerInput, RegExp]>([
    ["ignored seeds", input([group("a", good), group("b", bad)], { seedsIgnored: true }), /ignores its seed/],
    ["no value", input([]), /no study ran/],
    [
      "a value without a completed trial",
      input([group("a", good), group("b", [], { best: null, studyValues: [], infeasible: 16 })]),
      /no trial completed for b/,
    ],
    ["too few re-runs", input([group("a", good), group("b", [0.06, 0.061])]), /too few re-runs completed for b \(2\)/],
    [
      "a winner that lost re-runs",
      input([group("a", good, { lostRepeats: 1 }), group("b", bad)]),
      /1 of the re-runs of a/,
    ],
    [
      "no spread, no resolution",
      input([group("a", [1, 1, 1]), group("b", [2, 2, 2])], { validationExamples: undefined }),
      /no value varies from re-run to re-run/,
    ],
  ])("undecided: %s", (_, given, why) => {
    const answer = answerGoal(given)
    expect(answer).toMatchObject({ verdict: "undecided", better: null, notBest: [] })
    expect(answer.undecided).toMatch(why)
    expect(answer.text).toMatch(/^Undecided: /)
  })

  test("a loser that lost re-runs loses all the same", () => {
    expect(answerGoal(input([group("a", good), group("b", bad, { lostRepeats: 2 })])).betterPoint).toBe("a")
  })
})

test("a point is said to beat those of all its equals in at most one of twenty", () => {
  const random = randomOf("answer")
  const loss = { name: "valid/loss", goal: "minimize" } as const
  for (const values of [2, 4]) {
    let declared = 0
    const rounds = 400
    for (let round = 0; round < rounds; round++) {
      const groups = Array.from({ length: values }, (_, index) =>
        group(
          `v${index}`,
          Array.from({ length: 5 }, () => random.normal()),
        ),
      )
      if (answerGoal(input(groups, { metric: loss })).betterPoint !== null) declared++
    }
    // Four standard errors above 5 %.
    expect(declared / rounds).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / rounds))
  }
})
