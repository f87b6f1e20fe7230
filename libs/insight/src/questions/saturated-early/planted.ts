import { falling, withCurves } from "../../planting/curves.ts"
import { noiseSd } from "../../planting/landscape.ts"
import type { Scenario, Truths } from "../../planting/scenario.ts"

const saturated: Scenario = {
  effect: "steps after saturation over steps before it; absent: what the second half gains",
  present: (setting) =>
    withCurves(setting, () => {
      const until = 1 / (1 + setting.effect)
      const flat = (size: number, sharpness: number) => (done: number) =>
        size * Math.max(0, 1 - done / until) ** sharpness
      const sharpness = setting.family === "tuning" ? 2 : 1.5
      return { valid: flat(0.3, sharpness), loss: flat(2, sharpness) }
    }),
  absent: (setting) =>
    withCurves(setting, (random) => {
      const fall = falling(setting.family, random, 1, 2)
      const size = (setting.effect * noiseSd) / (fall(0.5) - fall(1))
      return { valid: (done) => size * fall(done), loss: falling(setting.family, random, 2, 2) }
    }),
}

export const planted: Truths = [{ scenario: saturated }]
