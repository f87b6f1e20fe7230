import type { Trial } from "@tanren/terms"
import { ended, falling, measured, stepsOf, worseFrom } from "../../planting/curves.ts"
import { between, inside, noiseSd, replaced, sample } from "../../planting/landscape.ts"
import { inputOf, type Planting, type Scenario, type Setting, type Truths } from "../../planting/scenario.ts"
import { bowl, retraining } from "../../planting/shapes.ts"

/** Above the wall the training loss rises and the result suffers; below it curves are sound. */
const unstableAbove = (setting: Setting, at: number, landscape: ReturnType<typeof inside>): Planting => {
  const { family, random } = setting
  const steps = stepsOf(setting)
  const trials = sample(landscape, random, setting.trials).map((point, i): Trial => {
    const unstable = point.unit[0]! > at
    const offset = 0.1 + point.cost + (unstable ? 0.1 : 0) + noiseSd * retraining(family, random)
    const fall = falling(family, random, 2, 3)
    const since = between(random, 0.2, 0.5)
    const loss = (done: number) => fall(Math.min(done, since)) + worseFrom(family, since, 3)(done)
    return {
      id: `t${i}`,
      hyperparameters: point.hyperparameters,
      status: "completed",
      measurements: measured(random, steps, { valid: ended(family, random), loss: unstable ? loss : fall }, offset),
    }
  })
  return { input: inputOf(setting, landscape, { trials }), subject: "learning_rate" }
}

const optimisation: Scenario = {
  effect: "what the best learning rate beyond the instability would gain",
  present: (setting) => {
    const { family, random } = setting
    const at = between(random, 0.6, 0.9)
    const shape = bowl(family, random)
    const optimum = at + between(random, 0.3, 0.5)
    const amplitude = (setting.effect * noiseSd) / shape(at - optimum)
    return {
      ...unstableAbove(
        setting,
        at,
        replaced(inside(family, random, setting.effect), 0, { bowl: shape, optimum, amplitude }),
      ),
      action: "cure-instability",
    }
  },
  absent: (setting) => {
    const { family, random } = setting
    const at = between(random, 0.6, 0.9)
    const kept = inside(family, random, setting.effect * between(random, 1, 4))
    const { subject: _, ...planting } = unstableAbove(
      setting,
      random.uniform() < 0.3 ? 2 : at,
      replaced(kept, 0, { optimum: between(random, 0.25, 0.75 * at) }),
    )
    return planting
  },
}

export const planted: Truths = [{ scenario: optimisation }]
