import { falling, withCurves } from "../../planting/curves.ts"
import { between, noiseSd } from "../../planting/landscape.ts"
import type { Scenario, Truths } from "../../planting/scenario.ts"
import { bowl } from "../../planting/shapes.ts"

const bestStep: Scenario = {
  effect: "by how much the curve is better in its first tenth (or gains in its last quarter) than elsewhere",
  present: (setting) => {
    const early = setting.random.uniform() < 0.5
    return withCurves(setting, (random) => {
      const since = between(random, 0.04, 0.08)
      const loss = falling(setting.family, random, 2, 3)
      if (!early) {
        const fall = falling(setting.family, random, 1, 2)
        const size = (setting.effect * noiseSd) / (fall(0.75) - fall(1))
        return { valid: (done) => size * fall(done), loss }
      }
      const worse = setting.effect * noiseSd
      return {
        valid: (done) => (done < since ? 0.2 * (1 - done / since) : worse * Math.min(1, (done - since) / 0.06)),
        loss,
      }
    })
  },
  absent: (setting) =>
    withCurves(setting, (random) => {
      const at = between(random, 0.2, 0.65)
      const bowlAt = bowl(setting.family, random)
      const size = (setting.effect * noiseSd) / bowlAt(0.3)
      return { valid: (done) => size * bowlAt(done - at), loss: falling(setting.family, random, 2, 3) }
    }),
}

export const planted: Truths = [{ scenario: bestStep }]
