import { mean, populationSd } from "@tanren/statistics"
import { alive } from "../../planting/gain.ts"
import {
  completed,
  inside,
  type Landscape,
  landscapeOf,
  noiseSd,
  type Planted,
  replaced,
  sample,
} from "../../planting/landscape.ts"
import { inputOf, type Planting, type Scenario, type Setting, type Truths } from "../../planting/scenario.ts"
import type { Family } from "../../planting/shapes.ts"

/** What two hyperparameters do together: the best value of one moves with the other. */
type Together = (u: number, v: number) => number

const together: Readonly<Record<Family, ReadonlyArray<Together>>> = {
  tuning: [(u, v) => (u - 0.5) * (v - 0.5), (u, v) => (v - u) ** 2],
  "held-out": [
    (u, v) => Math.abs(v - 0.5 + 0.8 * (u - 0.5)) ** 1.5,
    (u, v) => Math.tanh(3 * (u - 0.5)) * (v - 0.5),
    (u, v) => Math.log(Math.cosh(3 * (v - u))),
  ],
}

const grid = Array.from({ length: 24 }, (_, i) => (i + 0.5) / 24)

/** Without what each does alone. */
const pure = (of: Together): Together => {
  const centre = mean(grid.flatMap((u) => grid.map((v) => of(u, v))))
  return (u, v) => of(u, v) - mean(grid.map((other) => of(u, other))) - mean(grid.map((one) => of(one, v))) + centre
}

/** Retraining standard deviations of the part that neither does alone, over the space. */
const sdOfPure = (of: Together) => populationSd(grid.flatMap((u) => grid.map((v) => pure(of)(u, v))))

/** Some two hyperparameters of the landscape, in its order. */
const pairIn = (setting: Setting, landscape: Landscape): readonly [number, number] => {
  const first = setting.random.below(landscape.planted.length - 1)
  return [first, first + 1 + setting.random.below(landscape.planted.length - 1 - first)]
}

/** No two interact, and each hyperparameter's part has a standard deviation of `effect` noises over the space. */
const evenly = (setting: Setting): Landscape => {
  const { planted } = inside(setting.family, setting.random, 1)
  return landscapeOf(
    setting.family,
    planted.map((one): Planted => {
      const spread = populationSd(grid.map((u) => one.bowl(u - one.optimum)))
      return { ...one, amplitude: (setting.effect * noiseSd) / spread }
    }),
  )
}

const without = (landscape: Landscape, indices: ReadonlyArray<number>): Landscape =>
  landscapeOf(
    landscape.family,
    landscape.planted.map((one, i) => (indices.includes(i) ? { ...one, amplitude: 0 } : one)),
  )

/** With two that interact by `effect` noises: with what each does alone in the bargain, or that part only. */
const interacting = (
  { family, random, effect }: Setting,
  landscape: Landscape,
  [first, second]: readonly [number, number],
  only: boolean,
): Landscape => {
  const shapes = together[family]
  const shape = shapes[random.below(shapes.length)]!
  const part = only ? pure(shape) : shape
  const scale = (effect * noiseSd) / sdOfPure(shape)
  return { ...landscape, cost: (unit) => landscape.cost(unit) + scale * part(unit[first]!, unit[second]!) }
}

/** Another scale of the metric: it bends what was a sum, and makes no interaction of it. */
const rescaled = (setting: Setting, landscape: Landscape): Landscape => {
  const size = setting.effect * noiseSd
  const bend =
    setting.family === "tuning"
      ? (x: number) => size * Math.expm1(x / size / 4)
      : (x: number) => size * (1 + x / size) ** 1.5
  return { ...landscape, cost: (unit) => bend(landscape.cost(unit)) }
}

const planting = (setting: Setting, landscape: Landscape, subject?: string): Planting => {
  const points = sample(landscape, setting.random, setting.trials)
  const input = inputOf(setting, landscape, { trials: completed(setting.family, setting.random, points) })
  return subject === undefined ? { input } : { input, subject }
}

const nameAt = (landscape: Landscape, index: number) => landscape.planted[index]!.hyperparameter.name

const nothing: Scenario = {
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
      return replaced(kept, index, { amplitude: (setting.effect * noiseSd) / populationSd(grid) })
    }, landscape)
    const points = sample(even, setting.random, setting.trials)
    return { input: inputOf(setting, even, { trials: completed(setting.family, setting.random, points) }) }
  },
}

const interaction: Scenario = {
  effect: "standard deviation over the space of what two hyperparameters do together and neither does alone",
  present: (setting) => {
    const alone = evenly(setting)
    const pair = pairIn(setting, alone)
    const subject = pair.map((index) => nameAt(alone, index)).join(" × ")
    return planting(setting, interacting(setting, alone, pair, false), subject)
  },
  absent: (setting) => {
    const landscape = evenly(setting)
    return planting(setting, setting.random.uniform() < 0.5 ? landscape : rescaled(setting, landscape))
  },
}

const fix: Scenario = {
  effect:
    "standard deviation over the space of each other hyperparameter's part; absent: of everyone's, or of what two do only together",
  present: (setting) => {
    const all = evenly(setting)
    const dead = setting.random.below(all.planted.length)
    return planting(setting, without(all, [dead]), nameAt(all, dead))
  },
  absent: (setting) => {
    const all = evenly(setting)
    if (setting.random.uniform() < 0.5) return planting(setting, all)
    const pair = pairIn(setting, all)
    return planting(setting, interacting(setting, without(all, pair), pair, true))
  },
}

export const planted: Truths = [
  { scenario: nothing },
  { name: "interaction", scenario: interaction, offer: "tune-together" },
  { name: "fix", scenario: fix, offer: "fix" },
]
