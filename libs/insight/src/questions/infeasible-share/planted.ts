import type { Trial } from "@tanren/terms"
import { perhapsFewValued, withFewValues } from "../../planting/few-values.ts"
import { studied } from "../../planting/gain.ts"
import { between, completed, inside, noiseSd, type Sampled, sample } from "../../planting/landscape.ts"
import { diverges, endsBadly, explodes, guesses, guessing, type Ruin, ruined } from "../../planting/ruin.ts"
import { inputOf, type Planting, type Scenario, type Setting, type Truths } from "../../planting/scenario.ts"

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

const infeasible = infeasibleBy(diverges)
const badValues = infeasibleBy(endsBadly)

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
  const isOf = (trial: Trial) => trial.hyperparameters.normalisation === "none"
  const isBad = (i: number) => isOf(named[i]!) && random.uniform() < often
  // Those of it that get through are no good: a value that holds the best trial is none to cut.
  const trials = ruined(setting, named, ruin, isBad).map((trial, i) =>
    trial === named[i] && isOf(trial) ? { ...trial, value: trial.value! + 6 * effect * noiseSd } : trial,
  )
  const input = inputOf(setting, landscape, { trials })
  const declared = { name: "normalisation", type: "categorical", values: ["batch", "none"] } as const
  return { input: { ...input, hyperparameters: [...input.hyperparameters, declared] } }
}

const badCategory: Scenario = {
  effect:
    "scale of the landscape; one of two values is infeasible: planted where it is a nuisance, absent where it is what is compared",
  present: (setting) => ({ ...ruinedByValue(setting, diverges), action: "cut-values" }),
  absent: (setting) => {
    const { input } = ruinedByValue(setting, diverges)
    return { input: { ...input, scientific: ["normalisation"] } }
  },
}

const badValuesOfCategory: Scenario = {
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

export const planted: Truths = [
  { scenario: infeasible },
  { name: "bad values", scenario: badValues },
  { name: "one value", scenario: badCategory },
  { name: "one bad value", scenario: badValuesOfCategory },
]
