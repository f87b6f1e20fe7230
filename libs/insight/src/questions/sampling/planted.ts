import { alive, withGain } from "../../planting/gain.ts"
import { completed, sample } from "../../planting/landscape.ts"
import { inputOf, type Scenario, type Truths } from "../../planting/scenario.ts"

const sampling: Scenario = {
  effect: "what doubling the trials would gain; absent: at most a quarter of the noise in every column",
  present: (setting) => {
    const landscape = withGain(setting, alive(setting), setting.effect, setting.trials, 2 * setting.trials)
    const points = sample(landscape, setting.random, setting.trials)
    return { input: inputOf(setting, landscape, { trials: completed(setting.family, setting.random, points) }) }
  },
  absent: (setting) => {
    const landscape = withGain(
      setting,
      alive(setting),
      0.25 * setting.random.uniform(),
      setting.trials,
      2 * setting.trials,
    )
    const points = sample(landscape, setting.random, setting.trials)
    return { input: inputOf(setting, landscape, { trials: completed(setting.family, setting.random, points) }) }
  },
}

export const planted: Truths = [{ scenario: sampling }]
