import { ended, falling, withCurves, worseFrom } from "../../planting/curves.ts"
import { noiseSd } from "../../planting/landscape.ts"
import type { Scenario, Truths } from "../../planting/scenario.ts"

const improving: Scenario = {
  effect: "what the last quarter of training gained",
  present: (setting) =>
    withCurves(setting, (random) => {
      const fall = falling(setting.family, random, 1, 2)
      const size = (setting.effect * noiseSd) / (fall(0.75) - fall(1))
      return { valid: (done) => size * fall(done), loss: (done) => 5 * size * fall(done) }
    }),
  absent: (setting) =>
    withCurves(setting, (random) => {
      const worse = worseFrom(setting.family, 0.5, setting.random.uniform() < 0.5 ? 0 : setting.effect * noiseSd)
      const fall = ended(setting.family, random, 0.3 * setting.effect)
      return { valid: (done) => fall(done) + worse(done), loss: falling(setting.family, random, 2, 3) }
    }),
}

export const planted: Truths = [{ scenario: improving }]
