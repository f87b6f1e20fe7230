import { type Answer, type AnswerGroup, answerGoal } from "@tanren/playbook"
import { unitPoint } from "@tanren/search"
import { type Random, randomOf } from "@tanren/terms"
import type { Landscape, World } from "./answer-worlds.ts"

/** A single run's noise of standard deviation 1. */
export const noises = {
  normal: (random: Random) => random.normal(),
  /** Student's t with three degrees of freedom. */
  heavy: (random: Random) => {
    const square = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2
    return random.normal() / Math.sqrt(square)
  },
} as const satisfies Readonly<Record<string, (random: Random) => number>>

export interface Setting {
  readonly world: World
  /** Whether the values' studies share their points, as those of one goal do. */
  readonly common: boolean
  readonly values: number
  readonly trials: number
  readonly reruns: number
  readonly noise: keyof typeof noises
  /** Of the first value, in noises. */
  readonly gain: number
}

export interface Rates {
  readonly cases: number
  /** A value is called better that is not: any where all are equal. */
  readonly wrong: number
  /** The better one is called better. */
  readonly right: number
  /** Only its point is, or, of equal values, some point is. */
  readonly point: number
  /** A value that is the best, or as good as any, is called established not to be the best. */
  readonly wrongOut: number
}

/** The nuisance hyperparameters' points of a seed. Choosing a scrambling takes milliseconds: searches share some hundreds. */
const SEEDS = 400
const remembered = new Map<string, ReadonlyArray<readonly [number, number]>>()
const pointsOf = (seed: number, trials: number): ReadonlyArray<readonly [number, number]> => {
  const key = `${seed}/${trials}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const points = Array.from({ length: trials }, (_, at) => {
    const [x = 0, y = 0] = unitPoint(seed, at, 2)
    return [x, y] as const
  })
  remembered.set(key, points)
  return points
}

const metric = { name: "loss", goal: "minimize" } as const

const searched = (
  landscape: Landscape,
  { trials, reruns, noise }: Setting,
  seed: number,
  common: boolean,
  label: string,
  random: Random,
): AnswerGroup => {
  const run = (truth: number) => truth + noises[noise](random)
  const truths = pointsOf(seed, trials).map(([x, y]) => landscape(x, y))
  const values = truths.map(run)
  const best = values.reduce((least, value, at) => (value < values[least]! ? at : least), 0)
  return {
    label,
    best: `${label}/${best}`,
    studyValues: values,
    trials: values.map((value, at) => ({ point: common ? at : null, value })),
    infeasible: 0,
    repeats: Array.from({ length: reruns }, () => run(truths[best]!)),
  }
}

/** The answer of a goal that searches each value on its landscape. */
export function answered(landscapes: ReadonlyArray<Landscape>, setting: Setting, random: Random): Answer {
  const shared = random.below(SEEDS)
  const groups = landscapes.map((landscape, value) => {
    const seed = setting.common ? shared : random.below(SEEDS)
    return searched(landscape, setting, seed, setting.common, `v${value}`, random)
  })
  return answerGoal({ metric, groups, baselineRepeats: [] })
}

/** The rule itself, as a goal asks it, on searches whose truth is known. */
export function ratesOf(setting: Setting, cases: number): Rates {
  const { world, values, gain } = setting
  const random = randomOf(`answer/${JSON.stringify({ ...setting, world: world.name })}`)
  const counts = { wrong: 0, right: 0, point: 0, wrongOut: 0 }
  for (let at = 0; at < cases; at++) {
    const answer = answered(world.draw(random, values, gain), setting, random)
    if (answer.better !== null) {
      if (gain > 0 && answer.better === "v0") counts.right++
      else counts.wrong++
    } else if (answer.betterPoint != null) counts.point++
    if (gain === 0 ? answer.notBest.length > 0 : answer.notBest.includes("v0")) counts.wrongOut++
  }
  return { cases, ...counts }
}

/** Mean true loss of the best of a search: what a value is worth as a procedure of that many trials. */
export function worthOf(world: World, trials: number, cases: number): number {
  const random = randomOf(`worth/${world.name}/${trials}`)
  let sum = 0
  for (let at = 0; at < cases; at++) {
    const [landscape] = world.draw(random, 1, 0)
    const points = pointsOf(random.below(SEEDS), trials)
    let [least, truth] = [Number.POSITIVE_INFINITY, 0]
    for (const [x, y] of points) {
      const here = landscape!(x, y)
      const seen = here + random.normal()
      if (seen < least) [least, truth] = [seen, here]
    }
    sum += truth
  }
  return sum / cases
}
