import { readFileSync } from "node:fs"
import { questions } from "@tanren/insight"
import { truths } from "@tanren/insight/planted"
import { describe, expect, it } from "vitest"
import { type Cell, effects, missed, scoreCell, summary, trialCounts } from "./bench.ts"

const cell = (over: Partial<Cell>): Cell => ({
  truth: "sampling",
  trials: 32,
  effect: 2,
  planted: true,
  cases: 200,
  problem: 1,
  watch: 0,
  tooFew: 0,
  fine: 0,
  falseAlarm: 0,
  ...over,
})

describe("the simulator", () => {
  it("puts every question to the test, by its id and in any other ways by a name", () => {
    for (const { id } of questions) expect(truths[id]?.question).toBe(id)
    expect(Object.keys(truths)).toContain("infeasible-share: one bad value")
  })

  it("is a pure function of its seed", () => {
    expect(scoreCell("held-out", "infeasible-share", 16, 2, true, 5)).toEqual(
      scoreCell("held-out", "infeasible-share", 16, 2, true, 5),
    )
  })

  it("finds a strong edge, and none where there is none", () => {
    expect(scoreCell("tuning", "search-space-edge", 64, 4, true, 10).problem).toBeGreaterThan(0.8)
    expect(scoreCell("tuning", "search-space-edge", 64, 4, false, 10).problem).toBeLessThan(0.2)
  })

  it("counts no verdict as found when the data are too few", () => {
    const scored = scoreCell("tuning", "isolation", 16, 4, true, 5)
    expect(scored).toMatchObject({ problem: 0, tooFew: 1 })
  })
})

it("docs/insight.md has a row of everything that is planted, and counts the cells", () => {
  const page = readFileSync(new URL("../../../../docs/insight.md", import.meta.url), "utf8").split(
    "## How good the verdicts are",
  )[1]!
  // Offers have rows of their own, in words.
  const promised = Object.keys(truths).filter((name) => truths[name]?.offer === undefined)
  expect(promised.filter((name) => !page.includes(`\n| \`${name}\` |`))).toEqual([])
  const cells = Object.keys(truths).length * 2 * trialCounts.length * effects.length
  expect(page).toContain(`200 studies in each of ${cells} cells`)
})

describe("the targets", () => {
  it("promise recall from 32 trials and twice the noise on only", () => {
    expect(missed(cell({ problem: 0.94 }))).toContain("recall 94.0 %")
    expect(missed(cell({ problem: 0.95 }))).toBeUndefined()
    expect(missed(cell({ problem: 0.1, trials: 16 }))).toBeUndefined()
    expect(missed(cell({ problem: 0.1, effect: 1 }))).toBeUndefined()
    expect(missed(cell({ problem: 0.1, truth: "sensitivity: fix" }))).toBeUndefined()
  })

  it("allow few false alarms everywhere", () => {
    expect(missed(cell({ planted: false, problem: 0.06, falseAlarm: 0.06, trials: 16, effect: 1 }))).toContain(
      "false alarms 6.0 %",
    )
    expect(missed(cell({ planted: false, problem: 0.05, falseAlarm: 0.05 }))).toBeUndefined()
    expect(missed(cell({ falseAlarm: 0.1 }))).toContain("another subject")
    expect(missed(cell({ falseAlarm: 0.1, truth: "sensitivity: fix" }))).toContain("false alarms 10.0 %")
  })

  it("are summed up by their worst cells", () => {
    const cells = [
      cell({ problem: 0.96 }),
      cell({ problem: 0.94, trials: 64, fine: 0.06 }),
      cell({ problem: 0.2, trials: 16, fine: 0.3 }),
      cell({ problem: 0.1, effect: 1, fine: 0.9 }),
      cell({ planted: false, problem: 0.03, falseAlarm: 0.03, fine: 0.97 }),
    ]
    expect(summary(cells)).toEqual({ recall: 0.96, lowestRecall: 0.94, falseAlarms: 0.03, fine: 0.3 })
  })
})
