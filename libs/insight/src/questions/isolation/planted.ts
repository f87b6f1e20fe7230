import type { Trial } from "@tanren/terms"
import { alive, withGain } from "../../planting/gain.ts"
import { between, completed, sample } from "../../planting/landscape.ts"
import { inputOf, type Planting, type Scenario, type Setting, type Truths } from "../../planting/scenario.ts"

const isolation: Scenario = {
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

export const planted: Truths = [{ scenario: isolation }]
