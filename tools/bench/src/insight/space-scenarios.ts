import type { Trial } from "@tanren/terms"
import { towardsEnd, withFewValues, withMore } from "./few-values.ts"
import {
  between,
  completed,
  inside,
  type Landscape,
  noiseSd,
  type Planted,
  replaced,
  type Sampled,
  sample,
} from "./landscape.ts"
import { inputOf, type Planting, type Scenario, type Setting } from "./plant.ts"
import { diverges, endsBadly, explodes, guesses, guessing, type Ruin, ruined } from "./ruin.ts"
import { bowl, retraining } from "./shapes.ts"

/** The amplitude with which moving from `from` to the optimum gains `effect` retraining standard deviations. */
const beyond = (setting: Setting, from: number, outwards: 1 | -1): Partial<Planted> => {
  const shape = bowl(setting.family, setting.random)
  const optimum = from + outwards * between(setting.random, 0.3, 0.5)
  return { bowl: shape, optimum, amplitude: (setting.effect * noiseSd) / shape(from - optimum) }
}

const edgeOnly: Scenario = {
  effect: "what the optimum, 0.3 to 0.5 of the range's width beyond the edge, would gain over the edge",
  present: (setting) => {
    const { family, random } = setting
    const landscape = inside(family, random, setting.effect)
    const index = random.below(landscape.planted.length)
    const high = random.uniform() < 0.5
    const moved = replaced(landscape, index, beyond(setting, high ? 1 : 0, high ? 1 : -1))
    return {
      input: inputOf(setting, moved, { trials: completed(family, random, sample(moved, random, setting.trials)) }),
      subject: landscape.planted[index]!.hyperparameter.name,
      action: "widen",
    }
  },
  absent: (setting) => {
    const { family, random } = setting
    const landscape = inside(family, random, setting.effect * between(random, 1, 4))
    const kind = random.below(4)
    if (kind === 0) return wall.absent(setting)
    if (kind === 1) return { input: wall.present(setting).input }
    if (kind === 2) {
      const index = random.below(landscape.planted.length)
      const natural = landscape.planted[index]!.hyperparameter
      const moved = replaced(landscape, index, {
        ...beyond(setting, 1, 1),
        hyperparameter: { ...natural, naturalHigh: true } as Planted["hyperparameter"],
      })
      return {
        input: inputOf(setting, moved, { trials: completed(family, random, sample(moved, random, setting.trials)) }),
      }
    }
    return {
      input: inputOf(setting, landscape, {
        trials: completed(family, random, sample(landscape, random, setting.trials)),
      }),
    }
  },
}

/** In one of three studies there are nuisance hyperparameters of few values, too, some of them far worse than others. */
const perhapsFewValued = (setting: Setting, planting: Planting): Planting =>
  setting.random.uniform() < 1 / 3 ? withFewValues(setting.random, planting) : planting

/** In one of three studies a scientific switch moves all values: its values are judged by themselves, too. */
const perhapsCompared = (setting: Setting, planting: Planting): Planting => {
  const { random } = setting
  if (random.uniform() >= 1 / 3) return planting
  const worth = setting.effect * noiseSd * between(random, -1, 1)
  const trials = planting.input.trials.map((trial, i): Trial => {
    const on = i % 2 === 0
    const value = trial.value === undefined ? {} : { value: trial.value + (on ? worth : 0) }
    return { ...trial, ...value, hyperparameters: { ...trial.hyperparameters, use_dropout: on } }
  })
  const hyperparameters = [...planting.input.hyperparameters, { name: "use_dropout", type: "boolean" } as const]
  return { ...planting, input: { ...planting.input, trials, hyperparameters, scientific: ["use_dropout"] } }
}

export const edge: Scenario = {
  effect: edgeOnly.effect,
  present: (setting) => perhapsCompared(setting, edgeOnly.present(setting)),
  absent: (setting) => perhapsFewValued(setting, perhapsCompared(setting, edgeOnly.absent(setting))),
}

/** A landscape with its optimum inside, as a study. */
const studied = (setting: Setting): Planting => {
  const { family, random, effect, trials } = setting
  const landscape = inside(family, random, effect)
  return {
    input: inputOf(setting, landscape, { trials: completed(family, random, sample(landscape, random, trials)) }),
  }
}

export const edgeOfFewValues: Scenario = {
  effect: "what the outermost of three to six values gains over the one before it, and as much more beyond it",
  present: (setting) => {
    const { random } = setting
    const more = towardsEnd(random, "steps", setting.effect * noiseSd)
    const action = more.hyperparameter.type === "discrete" ? "add-values" : "widen"
    return { ...withMore(random, studied(setting), [more]), subject: "steps", action }
  },
  absent: (setting) => withFewValues(setting.random, studied(setting)),
}

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
export const wallOfBadValues = wallBy(endsBadly)

/** Scaled so that twice the trials find `gain` retraining standard deviations more, on average over many designs. */
const withGain = (setting: Setting, landscape: Landscape, gain: number, less: number, more: number): Landscape => {
  const { random } = setting
  const dimensions = landscape.planted.length
  let difference = 0
  const repeats = 40
  for (let r = 0; r < repeats; r++) {
    let best = Number.POSITIVE_INFINITY
    let early = 0
    for (let i = 0; i < more; i++) {
      best = Math.min(best, landscape.cost(Array.from({ length: dimensions }, () => random.uniform())))
      if (i + 1 === less) early = best
    }
    difference += (early - best) / repeats
  }
  const factor = (gain * noiseSd) / difference
  return { ...landscape, cost: (unit) => factor * landscape.cost(unit) }
}

/** No hyperparameter dead, none interacting. */
const alive = (setting: Setting, dimensions?: number): Landscape => {
  const landscape = inside(setting.family, setting.random, 1, dimensions)
  return landscape.planted.reduce(
    (kept, planted, i) => (planted.amplitude > 0 ? kept : replaced(kept, i, { amplitude: noiseSd })),
    landscape,
  )
}

export const sampling: Scenario = {
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

/** Infeasible above a cut on one hyperparameter, on learning_rate / (1 - momentum), or anywhere. */
const withShare = (setting: Setting, share: number, ruin: Ruin) => {
  const { family, random } = setting
  const landscape = inside(family, random, setting.effect)
  const points = sample(landscape, random, setting.trials)
  const kind = random.below(3)
  const one = random.below(landscape.planted.length)
  // The exact quantile of the sum of two uniforms, by symmetry from the larger tail.
  const sumAbove = share <= 0.5 ? 2 - Math.sqrt(2 * share) : Math.sqrt(2 * (1 - share))
  const isBad = (point: Sampled) =>
    kind === 0
      ? point.unit[one]! > 1 - share
      : kind === 1
        ? point.unit[0]! + point.unit[1]! > sumAbove
        : random.uniform() < share
  const trials = ruined(setting, completed(family, random, points), ruin, (i) => isBad(points[i]!))
  return { input: inputOf(setting, landscape, { trials }) }
}

const infeasibleBy = (ruin: Ruin): Scenario => ({
  effect: "infeasible share of the space: 20 % and 15 points more for each unit (35 %, 50 %, 80 %)",
  present: (setting) => withShare(setting, 0.2 + 0.15 * setting.effect, ruin),
  absent: (setting) => perhapsFewValued(setting, withShare(setting, 0.2 * setting.random.uniform(), ruin)),
})

export const infeasible = infeasibleBy(diverges)
export const badValues = infeasibleBy(endsBadly)

/** One value of a hyperparameter with listed values is what ruins trials, all of them or nearly. */
const ruinedByValue = (setting: Setting, ruin: Ruin): Planting => {
  const { family, random, effect } = setting
  const landscape = inside(family, random, effect)
  const points = sample(landscape, random, setting.trials)
  const often = between(random, 0.9, 1)
  const named = completed(family, random, points).map((trial): Trial => {
    const normalisation = random.uniform() < 0.6 ? "none" : "batch"
    return { ...trial, hyperparameters: { ...trial.hyperparameters, normalisation } }
  })
  const isBad = (i: number) => named[i]!.hyperparameters.normalisation === "none" && random.uniform() < often
  const input = inputOf(setting, landscape, { trials: ruined(setting, named, ruin, isBad) })
  const declared = { name: "normalisation", type: "categorical", values: ["batch", "none"] } as const
  return { input: { ...input, hyperparameters: [...input.hyperparameters, declared] } }
}

export const badCategory: Scenario = {
  effect:
    "scale of the landscape; one of two values is infeasible: planted where it is a nuisance, absent where it is what is compared",
  present: (setting) => ({ ...ruinedByValue(setting, diverges), action: "cut-values" }),
  absent: (setting) => {
    const { input } = ruinedByValue(setting, diverges)
    return { input: { ...input, scientific: ["normalisation"] } }
  },
}

export const badValuesOfCategory: Scenario = {
  effect:
    "scale of the landscape; trials of one of two values end no better than a chance that is known, or worse by orders of magnitude; absent: some values are merely worse",
  present: (setting) => {
    const isKnown = setting.random.uniform() < 0.5
    const { input } = ruinedByValue(setting, isKnown ? guesses : explodes)
    const declared = isKnown ? { ...input, metric: { ...input.metric, chance: guessing } } : input
    return { input: declared, action: "cut-values" }
  },
  absent: (setting) => withFewValues(setting.random, studied(setting)),
}

export const isolation: Scenario = {
  effect: "what the unequal numbers of trials alone are worth (four fifths of the trials on one value)",
  present: (setting) => unequal(setting, setting.effect, 0.8),
  absent: (setting) => {
    const even = unequal(setting, setting.effect, between(setting.random, 0.5, 0.55))
    return setting.random.uniform() < 0.5 ? even : divergingWithDropout(setting, even)
  },
}

/** One value diverges more often than the other, anywhere: the effort was equal all the same. */
const divergingWithDropout = (setting: Setting, planting: Planting): Planting => {
  const { random } = setting
  const share = between(random, 0.3, 0.7)
  const trials = planting.input.trials.map(
    ({ id, hyperparameters, ...rest }): Trial =>
      hyperparameters.use_dropout === true && random.uniform() < share
        ? { id, hyperparameters, status: "infeasible", reason: "diverged" }
        : { id, hyperparameters, ...rest },
  )
  return { ...planting, input: { ...planting.input, trials } }
}

const unequal = (setting: Setting, worth: number, share: number) => {
  const { family, random, trials } = setting
  const many = Math.round(trials * share)
  const landscape = withGain(
    setting,
    alive(setting),
    worth,
    Math.min(trials - many, Math.round(trials / 5)),
    Math.round(trials * 0.8),
  )
  const points = sample(landscape, random, trials)
  const all = completed(family, random, points).map((trial, i) => ({
    ...trial,
    hyperparameters: { ...trial.hyperparameters, use_dropout: i < many },
  }))
  const input = inputOf(setting, landscape, { trials: all, scientific: ["use_dropout"] })
  return {
    input: { ...input, hyperparameters: [...input.hyperparameters, { name: "use_dropout", type: "boolean" } as const] },
  }
}

export const nothing: Scenario = {
  effect:
    "standard deviation that each hyperparameter's part of the result has over the space; where nothing has an effect it is 0 in every column",
  present: (setting) => {
    const landscape = inside(setting.family, setting.random, 0)
    const points = sample(landscape, setting.random, setting.trials)
    return { input: inputOf(setting, landscape, { trials: completed(setting.family, setting.random, points) }) }
  },
  absent: (setting) => {
    const landscape = alive(setting)
    const even = landscape.planted.reduce((kept, planted, index) => {
      const grid = Array.from({ length: 50 }, (_, i) => planted.bowl((i + 0.5) / 50 - planted.optimum))
      const centre = grid.reduce((a, b) => a + b, 0) / 50
      const spread = Math.sqrt(grid.reduce((total, x) => total + (x - centre) ** 2, 0) / 50)
      return replaced(kept, index, { amplitude: (setting.effect * noiseSd) / spread })
    }, landscape)
    const points = sample(even, setting.random, setting.trials)
    return { input: inputOf(setting, even, { trials: completed(setting.family, setting.random, points) }) }
  },
}

export const gains: Scenario = {
  effect: "true gain of each goal; where gains have saturated it is 0 in every column",
  present: (setting) => goalsGaining(setting, 0),
  absent: (setting) => goalsGaining(setting, setting.effect),
}

const goalsGaining = (setting: Setting, gain: number) => {
  const { family, random } = setting
  const landscape = inside(family, random, 1)
  const goals = Array.from({ length: 5 }, (_, i) => {
    // The first goal always gains; the last three are the question.
    const level = 0.2 - noiseSd * (i === 0 ? 0 : 5 + gain * Math.max(0, i - 1))
    const runs = Array.from({ length: 5 }, () => level + noiseSd * retraining(family, random))
    const value = runs.reduce((a, b) => a + b, 0) / 5
    const sd = Math.sqrt(runs.reduce((total, x) => total + (x - value) ** 2, 0) / 4)
    return { question: `goal ${i}`, value, repeats: 5, sd }
  })
  return {
    input: inputOf(setting, landscape, {
      trials: completed(family, random, sample(landscape, random, setting.trials)),
      goals,
    }),
  }
}
