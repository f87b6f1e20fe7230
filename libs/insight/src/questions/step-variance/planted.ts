import { ascending, sd } from "@tanren/statistics"
import type { Trial } from "@tanren/terms"
import { ended, falling, lessDrift, measured, stepsOf } from "../../planting/curves.ts"
import { inside, noiseSd, sample } from "../../planting/landscape.ts"
import { inputOf, type Planting, type Scenario, type Setting, type Truths } from "../../planting/scenario.ts"
import { retraining } from "../../planting/shapes.ts"

const variance: Scenario = {
  effect: "step-to-step standard deviation late in training, over the spread of the better half of the trials",
  present: (setting) => withStepSd(setting, setting.effect),
  absent: (setting) => withStepSd(setting, 0.7 * setting.random.uniform()),
}

const withStepSd = (setting: Setting, ratio: number): Planting => {
  const { family, random } = setting
  const landscape = inside(family, random, 6)
  const steps = lessDrift(stepsOf(setting))
  const points = sample(landscape, random, setting.trials)
  const offsets = points.map((point) => 0.1 + point.cost + noiseSd * retraining(family, random))
  const spread = sd(ascending(offsets).slice(0, Math.ceil(offsets.length / 2)))
  const trials = points.map((point, i): Trial => {
    const curves = { valid: ended(family, random), loss: falling(family, random, 2, 3), validNoise: ratio * spread }
    return {
      id: `t${i}`,
      hyperparameters: point.hyperparameters,
      status: "completed",
      measurements: measured(random, steps, curves, offsets[i]!),
    }
  })
  return { input: inputOf(setting, landscape, { trials }) }
}

export const planted: Truths = [{ scenario: variance }]
