import type { Trial } from "@tanren/terms"
import { beyond } from "../../planting/gain.ts"
import { between, completed, inside, replaced, type Sampled, sample } from "../../planting/landscape.ts"
import { diverges, endsBadly, type Ruin, ruined } from "../../planting/ruin.ts"
import { inputOf, type Scenario, type Setting, type Truths } from "../../planting/scenario.ts"

/** Trials beyond `wall` on the first hyperparameter are ruined. */
const ruinedAbove = (setting: Setting, points: ReadonlyArray<Sampled>, at: number, ruin: Ruin): ReadonlyArray<Trial> =>
  ruined(setting, completed(setting.family, setting.random, points), ruin, (i) => points[i]!.unit[0]! > at)

const wallBy = (ruin: Ruin): Scenario => ({
  effect: "what the best learning rate beyond the wall would gain over the wall",
  present: (setting) => {
    const { family, random } = setting
    const at = between(random, 0.6, 0.9)
    const landscape = replaced(inside(family, random, setting.effect), 0, beyond(setting, at, 1))
    const points = sample(landscape, random, setting.trials)
    return {
      input: inputOf(setting, landscape, { trials: ruinedAbove(setting, points, at, ruin) }),
      subject: "learning_rate",
      action: "cure-instability",
    }
  },
  absent: (setting) => {
    const { family, random } = setting
    const at = between(random, 0.6, 0.9)
    const kept = inside(family, random, setting.effect * between(random, 1, 4))
    const landscape = replaced(kept, 0, { optimum: between(random, 0.25, 0.75 * at) })
    const points = sample(landscape, random, setting.trials)
    return { input: inputOf(setting, landscape, { trials: ruinedAbove(setting, points, at, ruin) }) }
  },
})

export const wall = wallBy(diverges)
const wallOfBadValues = wallBy(endsBadly)

export const planted: Truths = [{ scenario: wall }, { name: "bad values", scenario: wallOfBadValues }]
