import type { Metric, Random } from "@tanren/terms"
import { type Noise, normal, outliers, rarelyBad, smooth, times } from "./noises.ts"
import { type Measured, runs, type Side } from "./runs.ts"
import { onSharedExamples } from "./shared-examples.ts"

/** A kind of case: what the two sides' runs come to where the candidate gains so many noises. */
export interface World {
  readonly name: string
  readonly draw: (gain: number, repeats: number, random: Random) => ReturnType<typeof onSharedExamples>
  readonly metric: Metric
  readonly examples?: number
  /** Where 0 is the only gain that it is asked at. */
  readonly nullOnly?: true
}

const loss: Measured = { metric: { name: "valid/loss", goal: "minimize" }, level: 0.5, noise: 0.01, step: 0 }
const named = (name: string): Measured => ({ ...loss, metric: { name, goal: "minimize" }, level: 4e-4, noise: 1e-5 })
const error = { name: "valid/error", goal: "minimize" } as const
const rounded = (noise: number): Measured => ({ metric: error, level: 0.3, noise, step: 0.01 })

/** How the sides differ from the plain one: 20 evaluations, which differ by half the noise of retraining. */
interface Sides {
  readonly candidate?: Partial<Side>
  readonly baseline?: Partial<Side>
  readonly both?: Partial<Side>
}

const PLAIN = { noise: normal, evaluations: 20, stepNoise: 0.5 }

const world = (
  name: string,
  { candidate = {}, baseline = {}, both = {} }: Sides = {},
  of: Measured = loss,
  rest: Pick<World, "examples"> = {},
): World => ({
  name,
  metric: of.metric,
  ...rest,
  draw: (gain, repeats, random) => [
    runs("candidate", gain, { ...PLAIN, ...both, ...candidate, repeats }, of, random),
    runs("baseline", 0, { ...PLAIN, ...both, ...baseline, repeats }, of, random),
  ],
})

const noisy = (noise: Noise): Partial<Side> => ({ noise })

const kinds = Object.entries(smooth).map(([name, noise]) => world(name, { both: noisy(noise) }))

/** 0.05 each: equal in the population, whatever these examples say. A gain is one of so many points there. */
const shared = (examples: number, known = false): World => ({
  name: `equal in the population, told by ${examples} validation examples${known ? " and the answers to each" : ""}`,
  metric: error,
  examples,
  nullOnly: true,
  draw: (gain, repeats, random) => onSharedExamples([0.05 - gain / 100, 0.05], examples, repeats, random, known),
})

export const worlds: ReadonlyArray<World> = [
  ...kinds,
  world("one run in ten ten noises worse, on both sides", { both: noisy(outliers) }),
  world("rounded to 1/100, two noises a step", {}, rounded(0.005)),
  world("rounded to 1/100, one noise a step", {}, rounded(0.01)),
  world("the same, shares of 100 examples", {}, rounded(0.01), { examples: 100 }),
  world("candidate's spread twice the baseline's", { candidate: noisy(times(normal, 2)) }),
  world("candidate's spread four times the baseline's", { candidate: noisy(times(normal, 4)) }),
  world("baseline's spread four times the candidate's", { baseline: noisy(times(normal, 4)) }),
  world("candidate one noise better, but one run in ten ten worse", { candidate: noisy(rarelyBad) }),
  world("candidate's evaluations jump twice as much", { both: { stepNoise: 1 }, candidate: { stepNoise: 2 } }),
  world("candidate's evaluations jump four times as much", { both: { stepNoise: 1 }, candidate: { stepNoise: 4 } }),
  world("candidate is evaluated ten times as often", { both: { stepNoise: 1 }, candidate: { evaluations: 200 } }),
  world("valid/mse, 600 examples told", {}, named("valid/mse"), { examples: 600 }),
  world("valid/mean_squared_error, 600 examples told", {}, named("valid/mean_squared_error"), { examples: 600 }),
  shared(600),
  shared(2000),
  shared(600, true),
  shared(2000, true),
]
