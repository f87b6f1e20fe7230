import { randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { ask, falls, inputOf, withCurves } from "../../../test/fixture.ts"
import { curveWorlds } from "../../planting/worlds/curves.ts"

describe("still-improving", () => {
  const improving = withCurves(() => ({ valid: falls(2, 0.1), loss: falls(2, 2) }))
  const saturated = withCurves(() => ({ valid: falls(30, 0.1), loss: falls(30, 2) }))

  it("calls a curve that still falls compute-bound, unless the schedule decays to the end", () => {
    expect(ask("still-improving", inputOf(improving))[0]!).toMatchObject({
      verdict: "problem",
      action: { type: "train-longer" },
    })
    expect(ask("still-improving", inputOf(improving, { schedule: "decays-to-end" }))[0]!.verdict).toBe("watch")
    expect(ask("still-improving", inputOf(improving, { schedule: "unknown" }))[0]!.verdict).toBe("watch")
    expect(ask("still-improving", inputOf(improving, { schedule: "cyclic" }))[0]!.verdict).toBe("watch")
    expect(ask("still-improving", inputOf(saturated))[0]!.verdict).toBe("fine")
  })

  it("takes no spike that recovers for an improvement", () => {
    const { make } = curveWorlds.find(({ name }) => name === "spikes that recover")!
    const found = Array.from({ length: 20 }, (_, i) => {
      const random = randomOf(`still-improving tests/${i}`)
      const input = make({ family: i % 2 === 0 ? "tuning" : "held-out", random, trials: 32, effect: 2 })
      return ask("still-improving", input)[0]!.verdict
    })
    expect(found.filter((verdict) => verdict === "problem").length).toBeLessThanOrEqual(1)
  })
})
