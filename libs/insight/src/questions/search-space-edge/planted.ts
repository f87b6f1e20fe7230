import type { Hyperparameter, Trial } from "@tanren/terms"
import { perhapsFewValued, towardsEnd, withFewValues, withMore } from "../../planting/few-values.ts"
import { beyond, studied } from "../../planting/gain.ts"
import { between, completed, inside, noiseSd, replaced, sample } from "../../planting/landscape.ts"
import { inputOf, type Planting, type Scenario, type Setting, type Truths } from "../../planting/scenario.ts"
import { wall } from "../instability-wall/planted.ts"

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
        hyperparameter: { ...natural, naturalHigh: true } as Hyperparameter,
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

const edge: Scenario = {
  effect: edgeOnly.effect,
  present: (setting) => perhapsCompared(setting, edgeOnly.present(setting)),
  absent: (setting) => perhapsFewValued(setting, perhapsCompared(setting, edgeOnly.absent(setting))),
}

const edgeOfFewValues: Scenario = {
  effect: "what the outermost of three to six values gains over the one before it, and as much more beyond it",
  present: (setting) => {
    const { random } = setting
    const more = towardsEnd(random, "steps", setting.effect * noiseSd)
    const action = more.hyperparameter.type === "discrete" ? "add-values" : "widen"
    return { ...withMore(random, studied(setting), [more]), subject: "steps", action }
  },
  absent: (setting) => withFewValues(setting.random, studied(setting)),
}

export const planted: Truths = [{ scenario: edge }, { name: "few values", scenario: edgeOfFewValues }]
