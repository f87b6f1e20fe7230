import type { Hyperparameter, Trial } from "@tanren/terms"
import { alive, withGain } from "../gain.ts"
import { between, completed, inside, type Landscape, noiseSd, replaced, type Sampled, sample } from "../landscape.ts"
import { guessing } from "../ruin.ts"
import { inputOf, type Setting } from "../scenario.ts"
import type { World } from "./world.ts"

const rate = "learning_rate"

/** The landscape with what one hyperparameter does by itself in its first one's place. */
const withRate = (setting: Setting, of: (u: number) => number): Landscape => {
  const base = replaced(inside(setting.family, setting.random, setting.effect), 0, { amplitude: 0 })
  return { ...base, cost: (unit) => base.cost(unit) + of(unit[0]!) }
}

const study = (setting: Setting, landscape: Landscape, change: (trial: Trial, at: Sampled) => Trial = (t) => t) => {
  const points = sample(landscape, setting.random, setting.trials)
  const trials = completed(setting.family, setting.random, points).map((trial, i) => change(trial, points[i]!))
  return inputOf(setting, landscape, { trials })
}

const world = (
  name: string,
  make: (setting: Setting) => ReturnType<World["make"]>,
  more: Partial<World> = {},
): World => ({ name, present: [], open: ["sampling"], make, ...more })

const diverged = ({ id, hyperparameters }: Trial): Trial => ({
  id,
  hyperparameters,
  status: "infeasible",
  reason: "diverged",
})

/** Learning rate and a momentum that is declared linear: what matters is the rate over 1 - momentum. */
const effectiveRate = (setting: Setting) => {
  const base = inside(setting.family, setting.random, setting.effect, 3)
  const linear = { name: "momentum", type: "float", low: 0.5, high: 0.99 } as const satisfies Hyperparameter
  const landscape = replaced(replaced(base, 0, { amplitude: 0 }), 1, { amplitude: 0, hyperparameter: linear })
  const at = ({ hyperparameters }: Pick<Sampled, "hyperparameters">) =>
    Math.log10(hyperparameters[rate] as number) - Math.log10(1 - (hyperparameters.momentum as number))
  return { landscape, at }
}

/** Spaces of many kinds, and what is wrong with some of them. */
export const spaceWorlds: ReadonlyArray<World> = [
  world(
    "infeasible beyond a rate over 1 - momentum, the best right below it",
    (setting) => {
      const { landscape, at } = effectiveRate(setting)
      const points = sample(landscape, setting.random, setting.trials)
      const places = points.map(at).sort((a, b) => a - b)
      const share = between(setting.random, 0.36, 0.55)
      const bound = places[Math.floor((1 - share) * places.length)]!
      const optimum = bound - between(setting.random, 0.2, 0.5)
      const steep = (setting.effect * noiseSd) / (setting.family === "tuning" ? 0.5 : 0.7)
      const trials = completed(setting.family, setting.random, points).map((trial, i) => {
        const place = at(points[i]!)
        const worse = steep * Math.abs(place - optimum) ** (setting.family === "tuning" ? 2 : 1.5)
        return place >= bound ? diverged(trial) : { ...trial, value: trial.value! + worse }
      })
      return inputOf(setting, landscape, { trials })
    },
    { present: [{ question: "infeasible-share" }], open: ["sampling", "instability-wall", "search-space-edge"] },
  ),
  world(
    "infeasible far from the middle of two",
    (setting) => {
      const share = between(setting.random, 0.36, 0.5)
      // A disc of that area, or a diamond when held out.
      const power = setting.family === "tuning" ? 2 : 1
      const area = power === 2 ? Math.PI : 2
      const reach = Math.sqrt((1 - share) / area)
      return study(setting, inside(setting.family, setting.random, setting.effect), (trial, { unit }) =>
        (Math.abs(unit[0]! - 0.5) ** power + Math.abs(unit[1]! - 0.5) ** power) ** (1 / power) > reach
          ? diverged(trial)
          : trial,
      )
    },
    { open: ["sampling", "infeasible-share", "instability-wall"] },
  ),
  world(
    "a third and more at chance, the best inside",
    (setting) => {
      const from = between(setting.random, 0.45, 0.6)
      const optimum = between(setting.random, 0.2, from - 0.2)
      const steep = 4 * setting.effect * noiseSd
      const power = setting.family === "tuning" ? 2 : 1.5
      const landscape = withRate(setting, (u) => steep * (Math.abs(u - optimum) / 0.25) ** power)
      return study(setting, landscape, (trial, { unit }) =>
        unit[0]! > from + 0.04 * setting.random.normal()
          ? { ...trial, value: guessing + 0.2 * noiseSd * setting.random.normal() }
          : trial,
      )
    },
    { present: [{ question: "infeasible-share" }], open: ["sampling", "instability-wall"] },
  ),
  world(
    "results that saturate towards an end",
    (setting) => {
      const speed = between(setting.random, 2, 5)
      const towards = setting.random.uniform() < 0.5
      const shape =
        setting.family === "tuning" ? (d: number) => Math.exp(-speed * d) : (d: number) => 1 / (1 + speed * d) ** 2
      // What lies beyond would gain `effect` noises.
      const size = (setting.effect * noiseSd) / shape(1)
      return study(
        setting,
        withRate(setting, (u) => size * shape(towards ? u : 1 - u)),
      )
    },
    { present: [{ question: "search-space-edge", subject: rate }] },
  ),
  world(
    "results that level off before an end",
    (setting) => {
      const speed = between(setting.random, 3, 6)
      const towards = setting.random.uniform() < 0.5
      const shape =
        setting.family === "tuning"
          ? (d: number) => Math.exp(-speed * d)
          : (d: number) => 1 - Math.tanh(speed * 0.6 * d)
      // The outer half gains `effect` noises, hardly any of it at its end.
      const size = (setting.effect * noiseSd) / (shape(0.5) - shape(1))
      return study(
        setting,
        withRate(setting, (u) => size * shape(towards ? u : 1 - u)),
      )
    },
    { open: ["sampling", "search-space-edge"] },
  ),
  world(
    "mixed shapes, the best beyond an end",
    (setting) => {
      const { random, effect } = setting
      const kind = random.below(3)
      const fall =
        setting.family === "tuning"
          ? [(d: number) => Math.exp(-3 * d), (d: number) => (1.2 - d) ** 2, (d: number) => -Math.sqrt(0.05 + d)][kind]!
          : [(d: number) => 1 / (0.4 + d), (d: number) => -Math.log(0.2 + d), (d: number) => Math.abs(1.3 - d) ** 1.5][
              kind
            ]!
      // The outermost third of the range gains `effect` noises.
      const size = (effect * noiseSd) / (fall(2 / 3) - fall(1))
      const towards = random.uniform() < 0.5
      const waves = between(random, 1, 1.5)
      const base = withRate(setting, (u) => size * fall(towards ? u : 1 - u))
      const wave = {
        ...base,
        cost: (unit: ReadonlyArray<number>) =>
          base.cost(unit) + effect * noiseSd * Math.sin(2 * Math.PI * waves * unit[1]!),
      }
      return study(setting, wave)
    },
    { present: [{ question: "search-space-edge", subject: rate }] },
  ),
  world(
    "the upper half climbs to chance, the best inside",
    (setting) => {
      const at = between(setting.random, 0.45, 0.6)
      const optimum = between(setting.random, 0.17, 0.27)
      const power = setting.family === "tuning" ? 2 : 1.5
      const climb = (u: number) => 0.5 * guessing * (1 + Math.tanh((u - at) / 0.08))
      return study(
        setting,
        withRate(setting, (u) => climb(u) + 2 * setting.effect * noiseSd * (Math.abs(u - optimum) / optimum) ** power),
      )
    },
    { open: ["sampling", "infeasible-share"] },
  ),
  world(
    "a wave",
    (setting) => {
      const waves = between(setting.random, 1.5, 3)
      const phase = setting.random.uniform()
      return study(
        setting,
        withRate(setting, (u) => setting.effect * 2 * noiseSd * Math.cos(2 * Math.PI * (waves * u + phase))),
      )
    },
    { open: ["sampling", "search-space-edge"] },
  ),
  world("a narrow band", (setting) => {
    const [at, width] = [between(setting.random, 0.3, 0.7), between(setting.random, 0.08, 0.14)]
    return study(
      setting,
      withRate(setting, (u) => (Math.abs(u - at) < width ? 0 : 3 * setting.effect * noiseSd)),
    )
  }),
  world("two valleys", (setting) => {
    const apart = between(setting.random, 0.2, 0.28)
    return study(
      setting,
      withRate(setting, (u) => 3 * setting.effect * noiseSd * Math.min(1, Math.abs(Math.abs(u - 0.5) - apart) / 0.2)),
    )
  }),
  world(
    "a needle valley",
    (setting) => {
      const base = alive(setting)
      const at = base.planted.map(() => between(setting.random, 0.25, 0.75))
      const width = between(setting.random, 0.02, 0.1)
      const distance = (unit: ReadonlyArray<number>) => Math.hypot(...at.map((u, j) => unit[j]! - u))
      // Ever steeper towards the optimum: twice the trials find `effect` noises more.
      const cost =
        setting.family === "tuning"
          ? (unit: ReadonlyArray<number>) => Math.log(width + distance(unit))
          : (unit: ReadonlyArray<number>) => 1 - 1 / (1 + distance(unit) / width)
      return study(setting, withGain(setting, { ...base, cost }, setting.effect, setting.trials, 2 * setting.trials))
    },
    { present: [{ question: "sampling" }], open: ["sensitivity"] },
  ),
  world("a linear range over decades, the best inside", (setting) => {
    const base = inside(setting.family, setting.random, setting.effect)
    const declared = { name: rate, type: "float", low: 1e-5, high: 1e-1 } as const satisfies Hyperparameter
    const landscape = replaced(base, 0, { amplitude: 0, hyperparameter: declared })
    const optimum = between(setting.random, -3, -2.3)
    const steep = 2 * setting.effect * noiseSd
    return study(setting, landscape, (trial, { hyperparameters }) => ({
      ...trial,
      value: trial.value! + steep * Math.abs(Math.log10(hyperparameters[rate] as number) - optimum) ** 1.5,
    }))
  }),
]
