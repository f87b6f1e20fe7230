import type { Hyperparameters, Training } from "@tanren/terms"
import type { Reruns } from "../adopting-a-change/reruns.ts"
import { undeclaredSeeds } from "../adopting-a-change/undeclared-seeds.words.ts"
import { repeated } from "../creating-studies/repeated.ts"
import { carriedOf, pointKey, type RanPoint } from "./carried.ts"
import { STANDS } from "./rounds-answer.ts"

/**
 * What stands and the best points of the last round, at full length with fresh seeds: a single run that came out best
 * was partly lucky. What stands is among them, so that what longer training alone gains is measured as well.
 *
 * @param points of the last round, best first
 * @param top points besides what stands
 */
export const fullLengthReruns = (input: {
  readonly place: number
  readonly points: ReadonlyArray<RanPoint>
  readonly stands: Hyperparameters
  readonly training: Training
  readonly top: number
  readonly repeats: number
  readonly seedsUndeclared: boolean
}): Reruns => {
  const { place, points, stands, training, top, repeats, seedsUndeclared } = input
  const own = points.find(({ hyperparameters }) => pointKey(hyperparameters) === pointKey(stands))
  const candidates = [
    { label: STANDS, id: `g${place}.stands`, hyperparameters: stands, trials: own?.trials ?? [] },
    ...carriedOf(points, stands, top).map((point, at) => ({
      label: `point ${at + 1}`,
      id: `g${place}.point-${at + 1}`,
      ...point,
    })),
  ]
  return {
    values: candidates.map(({ label, id, hyperparameters, trials }) => ({
      label,
      best: trials[0] ?? null,
      trials,
      reruns: seedsUndeclared ? null : repeated(`${id}.reruns`, hyperparameters, repeats, {}, training),
    })),
    ...(seedsUndeclared ? { refused: undeclaredSeeds.en } : {}),
  }
}
