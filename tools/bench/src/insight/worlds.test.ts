import { questions } from "@tanren/insight"
import { worlds } from "@tanren/insight/planted"
import { describe, expect, it } from "vitest"
import { type Asked, fallsShort, scoreWorld, worldsNamed } from "./worlds.ts"

describe("every question is asked of every kind of study", () => {
  const kind = worldsNamed("a third and more at chance")[0]!
  const score = scoreWorld("tuning", kind, 32, 2, 6)

  it("and what is there, is not there, or has no one answer is said of each", () => {
    expect(score.asked.map(({ question }) => question)).toEqual(questions.map(({ id }) => id))
    const expected = (id: string) => score.asked.find(({ question }) => question === id)?.expected
    expect([expected("infeasible-share"), expected("sampling"), expected("overfitting")]).toEqual([
      "present",
      "open",
      "absent",
    ])
    expect(score.asked.find(({ question }) => question === "infeasible-share")!.problem).toBeGreaterThan(0.8)
    expect(score.cutsBest).toBe(0)
  })

  it("is a pure function of its seed", () => {
    expect(scoreWorld("tuning", kind, 32, 2, 6)).toEqual(score)
  })

  it("holds kinds of each question's own, and of none", () => {
    expect(new Set(worlds.map(({ name }) => name)).size).toBe(worlds.length)
    for (const { id } of questions) expect(worldsNamed(`${id}, planted`), id).toHaveLength(1)
    expect(worldsNamed("spikes that recover")[0]!.present).toEqual([])
  })
})

it("what falls short is a missed problem or a false alarm, never where there is no one answer", () => {
  const of = (over: Partial<Asked>): Asked => ({
    question: "sampling",
    expected: "absent",
    problem: 0,
    watch: 0,
    falseAlarm: 0,
    ...over,
  })
  const asked = [
    of({ expected: "present", problem: 0.9 }),
    of({ expected: "present", problem: 0.96 }),
    of({ problem: 0.1, falseAlarm: 0.1 }),
    of({ expected: "open", problem: 0.5, falseAlarm: 0.5 }),
  ]
  expect(fallsShort({ asked }, { recall: 0.95, falseAlarms: 0.05 })).toEqual([asked[0], asked[2]])
})
