import type { Measurement, Random, Trial } from "@tanren/terms"
import { between, inside, noiseSd, replaced, sample } from "./landscape.ts"
import { inputOf, type Planting, type Scenario, type Setting } from "./plant.ts"
import { bowl, descent, type Family, retraining, stepCorrelation, stepNoise } from "./shapes.ts"

const evaluations = 60

/** One trial's curves against the share of steps done; `valid` excludes noise, `loss` too. */
interface Curves {
  readonly valid: (done: number) => number
  readonly loss: (done: number) => number
  /** Standard deviation of the steps, where it is what is planted. */
  readonly validNoise?: number
}

/** How a study's curves move from step to step: standard deviations, and the correlation with the step before. */
interface Steps {
  readonly validSd: number
  readonly lossSd: number
  readonly correlation: number
}

/** Half of the studies step by half of the retraining noise, the others by less, down to nearly smooth curves. */
const stepsOf = ({ family, random }: Setting): Steps => {
  const size = random.uniform() < 0.5 ? 1 : 10 ** between(random, -2, 0)
  return {
    validSd: 0.5 * size * noiseSd,
    lossSd: 0.02 * size,
    correlation: stepCorrelation(family, random),
  }
}

/** Steps that hang together for long drift rather than vary: what is told in multiples of the steps' variance would be
 * no more than their drift. */
const lessDrift = (steps: Steps): Steps => ({ ...steps, correlation: steps.correlation / 3 })

const measured = (random: Random, steps: Steps, curves: Curves, offset: number): ReadonlyArray<Measurement> => {
  const valid = stepNoise(steps.correlation, random, evaluations)
  const loss = stepNoise(steps.correlation, random, evaluations)
  return Array.from({ length: evaluations }, (_, k) => {
    const done = (k + 1) / evaluations
    return {
      step: (k + 1) * 50,
      metrics: {
        "valid/error": offset + curves.valid(done) + (curves.validNoise ?? steps.validSd) * valid[k]!,
        "train/loss": curves.loss(done) + steps.lossSd * loss[k]!,
      },
    }
  })
}

/** A study whose trials all have such curves, around a landscape that spreads them. */
const study = (
  setting: Setting,
  curvesOf: (random: Random, steps: Steps) => Curves,
  steps: Steps = stepsOf(setting),
): Planting => {
  const { family, random } = setting
  const landscape = inside(family, random, 4)
  const trials = sample(landscape, random, setting.trials).map((point, i): Trial => {
    const offset = 0.1 + point.cost + noiseSd * retraining(family, random)
    return {
      id: `t${i}`,
      hyperparameters: point.hyperparameters,
      status: "completed",
      measurements: measured(random, steps, curvesOf(random, steps), offset),
    }
  })
  return { input: inputOf(setting, landscape, { trials }) }
}

const falling = (family: Family, random: Random, size: number, speed: number) => {
  const fall = descent(family)
  const own = speed * between(random, 0.8, 1.25)
  return (done: number) => size * (1 - fall(done, own))
}

/** Ended long before: what is left after half of the steps is far below the noise. */
const ended = (family: Family, random: Random, size = 0.3) =>
  falling(family, random, size, family === "tuning" ? 20 : 60)

/** Validation that worsens from `since` on by `by` until the end. */
const worseFrom = (family: Family, since: number, by: number) => (done: number) =>
  done <= since ? 0 : by * ((done - since) / (1 - since)) ** (family === "tuning" ? 1 : 1.5)

export const overfitting: Scenario = {
  effect: "by how much validation is worse at the end than at its best",
  present: (setting) =>
    study(setting, (random) => {
      const fall = ended(setting.family, random)
      const worse = worseFrom(setting.family, between(random, 0.3, 0.6), setting.effect * noiseSd)
      return { valid: (done) => fall(done) + worse(done), loss: falling(setting.family, random, 2, 3) }
    }),
  absent: (setting) => {
    const kind = setting.random.below(3)
    return study(setting, (random, { lossSd }) => {
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

export const variance: Scenario = {
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
  const better = [...offsets].sort((a, b) => a - b).slice(0, Math.ceil(offsets.length / 2))
  const centre = better.reduce((a, b) => a + b, 0) / better.length
  const spread = Math.sqrt(better.reduce((total, x) => total + (x - centre) ** 2, 0) / (better.length - 1))
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

export const improving: Scenario = {
  effect: "what the last quarter of training gained",
  present: (setting) =>
    study(setting, (random) => {
      const fall = falling(setting.family, random, 1, 2)
      const size = (setting.effect * noiseSd) / (fall(0.75) - fall(1))
      return { valid: (done) => size * fall(done), loss: (done) => 5 * size * fall(done) }
    }),
  absent: (setting) =>
    study(setting, (random) => {
      const worse = worseFrom(setting.family, 0.5, setting.random.uniform() < 0.5 ? 0 : setting.effect * noiseSd)
      const fall = ended(setting.family, random, 0.3 * setting.effect)
      return { valid: (done) => fall(done) + worse(done), loss: falling(setting.family, random, 2, 3) }
    }),
}

export const saturated: Scenario = {
  effect: "steps after saturation over steps before it; absent: what the second half gains",
  present: (setting) =>
    study(setting, () => {
      const until = 1 / (1 + setting.effect)
      const flat = (size: number, sharpness: number) => (done: number) =>
        size * Math.max(0, 1 - done / until) ** sharpness
      const sharpness = setting.family === "tuning" ? 2 : 1.5
      return { valid: flat(0.3, sharpness), loss: flat(2, sharpness) }
    }),
  absent: (setting) =>
    study(setting, (random) => {
      const fall = falling(setting.family, random, 1, 2)
      const size = (setting.effect * noiseSd) / (fall(0.5) - fall(1))
      return { valid: (done) => size * fall(done), loss: falling(setting.family, random, 2, 2) }
    }),
}

export const rising: Scenario = {
  effect: "rise of the training loss over the whole training, over its step-to-step standard deviation",
  present: (setting) =>
    study(
      setting,
      (random, { lossSd }) => ({
        valid: ended(setting.family, random),
        loss: (done) => 1 + setting.effect * lossSd * done ** (setting.family === "tuning" ? 1 : 0.7),
      }),
      lessDrift(stepsOf(setting)),
    ),
  absent: (setting) => {
    const flat = setting.random.uniform() < 0.5
    return study(setting, (random, { lossSd }) => {
      const fall = falling(setting.family, random, setting.effect * lossSd, 3)
      return { valid: ended(setting.family, random), loss: flat ? () => 1 : fall }
    })
  },
}

export const periodic: Scenario = {
  effect: "amplitude of the swing, over the step-to-step standard deviation",
  present: (setting) => {
    const cycles = between(setting.random, 9, 20)
    return study(setting, (random, { validSd }) => {
      const fall = ended(setting.family, random)
      const phase = setting.family === "tuning" ? 0 : between(random, 0, 6.28)
      const swing = (done: number) => setting.effect * validSd * Math.sin(2 * Math.PI * cycles * done + phase)
      return { valid: (done) => fall(done) + swing(done), loss: falling(setting.family, random, 2, 3) }
    })
  },
  absent: (setting) =>
    study(setting, (random) => {
      const fall = falling(setting.family, random, 0.1 * setting.effect, between(random, 1, 20))
      return { valid: fall, loss: falling(setting.family, random, 2, 3) }
    }),
}

export const bestStep: Scenario = {
  effect: "by how much the curve is better in its first tenth (or gains in its last quarter) than elsewhere",
  present: (setting) => {
    const early = setting.random.uniform() < 0.5
    return study(setting, (random) => {
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
    study(setting, (random) => {
      const at = between(random, 0.2, 0.65)
      const bowlAt = bowl(setting.family, random)
      const size = (setting.effect * noiseSd) / bowlAt(0.3)
      return { valid: (done) => size * bowlAt(done - at), loss: falling(setting.family, random, 2, 3) }
    }),
}

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

export const optimisation: Scenario = {
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
