import { ended, falling, lessDrift, stepsOf, withCurves } from "../../planting/curves.ts"
import type { Scenario, Truths } from "../../planting/scenario.ts"

const rising: Scenario = {
  effect: "rise of the training loss over the whole training, over its step-to-step standard deviation",
  present: (setting) =>
    withCurves(
      setting,
      (random, { lossSd }) => ({
        valid: ended(setting.family, random),
        loss: (done) => 1 + setting.effect * lossSd * done ** (setting.family === "tuning" ? 1 : 0.7),
      }),
      lessDrift(stepsOf(setting)),
    ),
  absent: (setting) => {
    const flat = setting.random.uniform() < 0.5
    return withCurves(setting, (random, { lossSd }) => {
      const fall = falling(setting.family, random, setting.effect * lossSd, 3)
      return { valid: ended(setting.family, random), loss: flat ? () => 1 : fall }
    })
  },
}

export const planted: Truths = [{ scenario: rising }]
