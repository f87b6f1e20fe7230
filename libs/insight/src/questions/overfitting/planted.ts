import { ended, falling, withCurves, worseFrom } from "../../planting/curves.ts"
import { between, noiseSd } from "../../planting/landscape.ts"
import type { Scenario, Truths } from "../../planting/scenario.ts"

const overfitting: Scenario = {
  effect: "by how much validation is worse at the end than at its best",
  present: (setting) =>
    withCurves(setting, (random) => {
      const fall = ended(setting.family, random)
      const worse = worseFrom(setting.family, between(random, 0.3, 0.6), setting.effect * noiseSd)
      return { valid: (done) => fall(done) + worse(done), loss: falling(setting.family, random, 2, 3) }
    }),
  absent: (setting) => {
    const kind = setting.random.below(3)
    return withCurves(setting, (random, { lossSd }) => {
      const fall = ended(setting.family, random)
      if (kind === 0) return { valid: fall, loss: falling(setting.family, random, 2, 3) }
      if (kind === 1)
        return { valid: falling(setting.family, random, 0.3, 4), loss: falling(setting.family, random, 2, 3) }
      // Both worsen: unstable, but not overfitted.
      const since = between(random, 0.3, 0.6)
      const worse = worseFrom(setting.family, since, setting.effect * noiseSd)
      return {
        valid: (done) => fall(done) + worse(done),
        loss: (done) => fall(done) * 7 + (worse(done) / noiseSd) * 5 * lossSd,
      }
    })
  },
}

export const planted: Truths = [{ scenario: overfitting }]
