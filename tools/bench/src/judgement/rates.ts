import { decideLaunch, type LaunchDecision, type LaunchSide, launchRepeats, trialVarianceOf } from "@tanren/playbook"
import { mean } from "@tanren/statistics"
import { randomOf } from "@tanren/terms"
import type { World } from "./worlds.ts"

/** How often something came about, of how many. */
export interface Rate {
  readonly of: number
  readonly came: number
}

/** Two-sided 95 % of a share (Wilson 1927). */
export const interval = ({ of, came }: Rate): readonly [number, number] => {
  const z = 1.959964
  const p = came / of
  const middle = (p + z ** 2 / (2 * of)) / (1 + z ** 2 / of)
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

export const decided = (
  world: World,
  [candidate, baseline]: readonly [LaunchSide, LaunchSide],
  pickedFrom = 1,
): LaunchDecision =>
  decideLaunch({
    metric: world.metric,
    candidate,
    baseline,
    seedsIgnored: false,
    infeasibleRepeats: 0,
    pickedFrom,
    ...(world.examples === undefined ? {} : { validationExamples: world.examples }),
  })

/** What came of a cell's cases. */
export interface Cell {
  readonly adopted: Rate
  readonly undecided: Rate
  /** Adopted, and not called unstable. */
  readonly unwarned: Rate
  /** Adopted, and said to be better on other examples of the same kind. */
  readonly elsewhere: Rate
}

/** The launch rule's decisions on so many cases of a world. */
export const cell = (world: World, gain: number, repeats: number, cases: number, seed: string): Cell => {
  const random = randomOf(`${seed} ${world.name} ${gain} ${repeats}`)
  const all = Array.from({ length: cases }, () => decided(world, world.draw(gain, repeats, random)))
  const adopted = all.filter(({ decision }) => decision === "adopt")
  const rate = (some: ReadonlyArray<unknown>): Rate => ({ of: cases, came: some.length })
  return {
    adopted: rate(adopted),
    undecided: rate(all.filter(({ decision }) => decision === "undecided")),
    unwarned: rate(adopted.filter(({ unstable }) => unstable !== true)),
    elsewhere: rate(adopted.filter(({ samplingOfDifference }) => (samplingOfDifference?.low ?? 0) > 0)),
  }
}

/** One noise in the metric's units. */
export const unitOf = (world: World, seed: string): number => {
  const baseline = world.draw(0, 5000, randomOf(`${seed} advised`))[1]
  return Math.abs((mean(world.draw(100, 50, randomOf(seed))[0].repeats) - mean(baseline.repeats)) / 100)
}

/** The re-runs that the rule advises for a gain of so many noises, where it knows the spread of its runs well. */
export const advised = (world: World, gain: number, seed: string): number => {
  const [candidate] = world.draw(0, 5000, randomOf(`${seed} advised`))
  const spread = (side: LaunchSide) =>
    [trialVarianceOf([side.repeats]), trialVarianceOf([side.lastTenths ?? []])] as const
  return launchRepeats(gain * unitOf(world, seed), spread(candidate)) ?? Number.NaN
}
