import type { Random } from "@tanren/terms"
import { type Curves, falling, type Steps, withCurves } from "../curves.ts"
import { between, noiseSd } from "../landscape.ts"
import type { Setting } from "../scenario.ts"
import type { World } from "./world.ts"

/** Curves that are long at their end, with a training loss that still falls: nothing is wrong with them. */
const calm = (setting: Setting, random: Random): Curves => ({
  valid: falling(setting.family, random, 0.3, setting.family === "tuning" ? 20 : 60),
  loss: falling(setting.family, random, 2, 3),
})

type Change = (setting: Setting) => (random: Random, steps: Steps, curves: Curves) => Curves

const world = (name: string, change: Change, more: Partial<World> = {}): World => ({
  name,
  present: [],
  // Whether steps that were made to vary outweigh what trials differ by is for each study to say, and so is whether any
  // hyperparameter of its landscape does anything.
  open: ["sampling", "step-variance", "best-step", "sensitivity"],
  make: (setting) => {
    const changed = change(setting)
    return withCurves(setting, (random, steps) => changed(random, steps, calm(setting, random))).input
  },
  ...more,
})

/** From 0 to 1 around 0: a logistic curve, or a straight ramp when held out. */
const rising = (setting: Setting) => (x: number) =>
  setting.family === "tuning" ? 1 / (1 + Math.exp(-4 * x)) : Math.min(1, Math.max(0, 0.5 + x))

/** What is left of a blow after some time. */
const recovering = (setting: Setting) => (x: number) =>
  x < 0 ? 0 : setting.family === "tuning" ? Math.exp(-x) : Math.max(0, 1 - x / 2)

/** At what share of training the learning rate falls, for all trials alike. */
const rateFalls = [0.5, 0.75] as const

/** Curves of many kinds, and what is wrong with some of them. */
export const curveWorlds: ReadonlyArray<World> = [
  world("plain curves", () => (_, __, curves) => curves),
  world("steps vary more in one trial than in another", () => (random, { validSd }, curves) => ({
    ...curves,
    validNoise: validSd * 10 ** between(random, -1, 0.7),
  })),
  world("steps vary less as the rate falls", (setting) => (random, { validSd }, curves) => {
    const own = between(random, 1, 6)
    return {
      ...curves,
      validNoise: (done) =>
        validSd * (setting.family === "tuning" ? 3 * Math.exp(-own * done) : 3 * (1 - done) ** (own / 2)),
    }
  }),
  world("one sharp transition that all share", (setting) => {
    const [at, width, size] = [
      between(setting.random, 0.15, 0.6),
      between(setting.random, 0.005, 0.05),
      between(setting.random, 2, 30) * noiseSd,
    ]
    const step = rising(setting)
    return (random, _, curves) => {
      const own = at + 0.01 * random.normal()
      return { ...curves, valid: (done) => curves.valid(done) + size * (1 - step((done - own) / width)) }
    }
  }),
  world("the rate falls in steps", (setting) => {
    const size = between(setting.random, 1, 8) * noiseSd
    return (_, { validSd }, curves) => ({
      ...curves,
      valid: (done) => curves.valid(done) + size * rateFalls.filter((at) => done < at).length,
      validNoise: (done) => validSd * 0.3 ** rateFalls.filter((at) => done >= at).length,
    })
  }),
  world("spikes that recover", (setting) => {
    const size = between(setting.random, 2, 20) * noiseSd
    const left = recovering(setting)
    return (random, _, curves) => {
      const spikes = Array.from({ length: 2 + random.below(5) }, () => ({
        at: random.uniform(),
        size: size * between(random, 0.3, 1),
        width: between(random, 0.01, 0.05),
      }))
      const total = (done: number) =>
        spikes.reduce((sum, spike) => sum + spike.size * left((done - spike.at) / spike.width), 0)
      return { valid: (done) => curves.valid(done) + total(done), loss: (done) => curves.loss(done) + 10 * total(done) }
    }
  }),
  world(
    "a swing where steps vary more in one trial than in another",
    (setting) => {
      const cycles = between(setting.random, 9, 20)
      return (random, { validSd }, curves) => {
        const own = validSd * 10 ** between(random, -1, 0.7)
        const phase = between(random, 0, 2 * Math.PI)
        const swing = (done: number) => setting.effect * own * Math.sin(2 * Math.PI * cycles * done + phase)
        return { ...curves, valid: (done) => curves.valid(done) + swing(done), validNoise: own }
      }
    },
    { present: [{ question: "periodic-metric" }] },
  ),
  world(
    "a sawtooth while steps vary less and less",
    (setting) => {
      const cycles = between(setting.random, 9, 15)
      return (_, { validSd }, curves) => ({
        ...curves,
        valid: (done) => curves.valid(done) + 2 * setting.effect * validSd * ((cycles * done) % 1),
        validNoise: (done) => validSd * 2 * (1 - 0.8 * done),
      })
    },
    { present: [{ question: "periodic-metric" }] },
  ),
  world("steps that jump", (setting) => (random, { validSd }, curves) => ({
    ...curves,
    valid: (done) =>
      curves.valid(done) +
      (random.uniform() < 0.05 ? random.normal() * validSd * (setting.family === "tuning" ? 6 : 10) : 0),
  })),
]
