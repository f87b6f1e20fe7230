import { randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { ask, inputOf, saturating, withCurves } from "../../../test/fixture.ts"
import { curveWorlds } from "../../planting/worlds/curves.ts"

describe("periodic-metric", () => {
  it("finds a common period in steps", () => {
    const swinging = withCurves(() => ({
      valid: (done) => saturating(done) + 0.003 * Math.sin(2 * Math.PI * 12 * done),
    }))
    const finding = ask("periodic-metric", inputOf(swinging))[0]!
    expect(finding.verdict).toBe("problem")
    expect(finding.evidence.period).toBeCloseTo(50, 0)
    expect(ask("periodic-metric", inputOf(withCurves(() => ({ valid: saturating }))))[0]!.verdict).toBe("fine")
  })

  it("reads curves of several lengths by the last evaluations that most of them have", () => {
    const swing = (done: number) => saturating(done) + 0.01 * Math.sin(2 * Math.PI * 12 * done)
    const evaluations = (lengths: ReadonlyArray<number>) =>
      ask(
        "periodic-metric",
        inputOf(withCurves((_, i) => ({ valid: swing, evaluations: lengths[i % lengths.length]! }))),
      )[0]!
    expect(evaluations([60, 61])).toMatchObject({ verdict: "problem", evidence: { curves: 8, evaluations: 60 } })
    expect(evaluations([60, 60, 60, 25])).toMatchObject({ verdict: "problem", evidence: { evaluations: 60 } })
    expect(evaluations([25, 30])).toMatchObject({ verdict: "too-few-data", evidence: { needed: 40 } })
  })

  it("accuses no program whose learning rate may rise and fall with it", () => {
    const restarts = withCurves(() => ({ valid: (done) => saturating(done) + 0.02 * (1 - ((done * 10) % 1)) }))
    const under = (schedule: "constant" | "decays-to-end" | "cyclic" | "unknown") =>
      ask("periodic-metric", inputOf(restarts, { schedule }))[0]!
    expect(under("constant")).toMatchObject({ verdict: "problem", action: { type: "suspect-bug" } })
    expect(under("decays-to-end").verdict).toBe("problem")
    for (const schedule of ["cyclic", "unknown"] as const) {
      expect(under(schedule).verdict).toBe("watch")
      expect(under(schedule).action).toBeUndefined()
      expect(under(schedule).text).toMatch(/cyclic learning rate|learning rate rises and falls with it/)
    }
  })

  it("is told by no one trial's steps, no part of training, and no one transition that all curves share", () => {
    const verdicts = curveWorlds.map(({ name, make, present }) => {
      const studies = Array.from({ length: 6 }, (_, i) => {
        const random = randomOf(`periodic-metric tests/${name}/${i}`)
        return make({ family: "tuning", random, trials: i % 2 === 0 ? 32 : 96, effect: 2 })
      })
      const found = studies.filter((input) => ask("periodic-metric", input)[0]!.verdict === "problem").length
      return { name, found, planted: present.some(({ question }) => question === "periodic-metric") }
    })
    for (const { name, found, planted } of verdicts)
      expect(planted ? 6 - found : found, name).toBeLessThanOrEqual(planted ? 1 : 0)
  })

  it("is the same where a thousand is added to the metric", () => {
    const curves = (more: number) =>
      inputOf(
        withCurves(() => ({ valid: (done) => more + saturating(done) + 0.003 * Math.sin(2 * Math.PI * 12 * done) })),
      )
    const [plain, moved] = [0, 1000].map((more) => ask("periodic-metric", curves(more))[0]!)
    expect(moved!.verdict).toBe("problem")
    for (const name of ["chance", "amplitude", "period"])
      expect(moved!.evidence[name] as number).toBeCloseTo(plain!.evidence[name] as number, 8)
  })
})
