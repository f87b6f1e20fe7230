import { ended, falling, withCurves } from "../../planting/curves.ts"
import { between } from "../../planting/landscape.ts"
import type { Scenario, Truths } from "../../planting/scenario.ts"

const periodic: Scenario = {
  effect: "amplitude of the swing, over the step-to-step standard deviation",
  present: (setting) => {
    const cycles = between(setting.random, 9, 20)
    return withCurves(setting, (random, { validSd }) => {
      const fall = ended(setting.family, random)
      const phase = setting.family === "tuning" ? 0 : between(random, 0, 6.28)
      const swing = (done: number) => setting.effect * validSd * Math.sin(2 * Math.PI * cycles * done + phase)
      return { valid: (done) => fall(done) + swing(done), loss: falling(setting.family, random, 2, 3) }
    })
  },
  absent: (setting) =>
    withCurves(setting, (random) => {
      const fall = falling(setting.family, random, 0.1 * setting.effect, between(random, 1, 20))
      return { valid: fall, loss: falling(setting.family, random, 2, 3) }
    }),
}

export const planted: Truths = [{ scenario: periodic }]
