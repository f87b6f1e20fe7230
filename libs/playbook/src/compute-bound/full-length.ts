import type { Hyperparameters, Training } from "@tanren/terms"
import { candidateReruns } from "../adopting-a-change/candidates.ts"
import type { Reruns } from "../adopting-a-change/reruns.ts"
import { carriedOf, type RanPoint } from "./carried.ts"

/** The label of what stood when the work began: it is always the first candidate. */
export const STANDS = "A"

const labelOf = (place: number): string => String.fromCharCode(STANDS.charCodeAt(0) + place)

/**
 * What stands and the best points of the last round, at full length with fresh seeds: a single run that came out best
 * was partly lucky. What stands is among them, so that what longer training alone gains is measured as well.
 *
 * @param points of the last round, best first
 * @param standsFrom the trial of what stands in the last round, or one of its own where the round had none
 * @param top points besides what stands
 */
export const fullLengthReruns = (input: {
  readonly place: number
  readonly points: ReadonlyArray<RanPoint>
  readonly stands: Hyperparameters
  readonly standsFrom: string
  readonly training: Training
  readonly top: number
  readonly repeats: number
  readonly seedsUndeclared: boolean
}): Reruns => {
  const { points, stands, standsFrom, training, top, ...rest } = input
  const found = carriedOf(points, stands, top)
  const candidates = [
    { label: STANDS, hyperparameters: stands, from: standsFrom },
    ...found.map(({ hyperparameters, trials }, at) => ({
      label: labelOf(at + 1),
      hyperparameters,
      from: trials[0] ?? standsFrom,
    })),
  ]
  return candidateReruns({ ...rest, candidates: candidates.map((one) => ({ ...one, training })) })
}
