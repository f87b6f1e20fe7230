import { between, completed, inside, type Landscape, noiseSd, type Planted, replaced, sample } from "./landscape.ts"
import { inputOf, type Planting, type Setting } from "./scenario.ts"
import { bowl } from "./shapes.ts"

/** The amplitude with which moving from `from` to the optimum gains `effect` retraining standard deviations. */
export const beyond = (setting: Setting, from: number, outwards: 1 | -1): Partial<Planted> => {
  const shape = bowl(setting.family, setting.random)
  const optimum = from + outwards * between(setting.random, 0.3, 0.5)
  return { bowl: shape, optimum, amplitude: (setting.effect * noiseSd) / shape(from - optimum) }
}

/** A landscape with its optimum inside, as a study. */
export const studied = (setting: Setting): Planting => {
  const { family, random, effect, trials } = setting
  const landscape = inside(family, random, effect)
  return {
    input: inputOf(setting, landscape, { trials: completed(family, random, sample(landscape, random, trials)) }),
  }
}

/** Scaled so that twice the trials find `gain` retraining standard deviations more, on average over many designs. */
export const withGain = (
  setting: Setting,
  landscape: Landscape,
  gain: number,
  less: number,
  more: number,
): Landscape => {
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
export const alive = (setting: Setting, dimensions?: number): Landscape => {
  const landscape = inside(setting.family, setting.random, 1, dimensions)
  return landscape.planted.reduce(
    (kept, planted, i) => (planted.amplitude > 0 ? kept : replaced(kept, i, { amplitude: noiseSd })),
    landscape,
  )
}
