import { judgement, limitsOf, type Thresholds } from "../threshold.ts"
import type { Curve } from "./curve.ts"

export const thresholds = {
  unevenSteps: judgement(0.1, "of training, by which a share of the evaluations may miss the same share of the steps"),
  intervalSlack: judgement(0.75, "of the prevailing interval: evaluations so far apart are a whole one apart"),
  prevailingPart: judgement(0.5, "of the steps lie in intervals no longer than the one that prevails"),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/**
 * Playbook, "Setting up periodic evaluations": evaluations belong at equal intervals of steps. Where they are not (every
 * step at first and every hundredth later, say), the last quarter of the evaluations is not the last quarter of
 * training. Left are those at the interval that most of training was evaluated at, counted back from the last.
 */
export const evenly = (curve: Curve): Curve => {
  const { steps, values } = curve
  if (isEven(steps)) return curve
  const every = limit("intervalSlack") * prevailing(steps)
  const kept: Array<number> = []
  for (let i = steps.length - 1; i >= 0; i--)
    if (kept.length === 0 || steps[kept.at(-1)!]! - steps[i]! >= every) kept.push(i)
  kept.reverse()
  return { ...curve, steps: kept.map((i) => steps[i]!), values: kept.map((i) => values[i]!) }
}

/** Whether shares of the evaluations are about shares of training. */
const isEven = (steps: ReadonlyArray<number>): boolean => {
  const last = steps.length - 1
  const span = steps[last]! - steps[0]!
  return steps.every((step, i) => Math.abs(i / last - (step - steps[0]!) / span) <= limit("unevenSteps"))
}

/** So large a part of the steps lies in intervals that are no longer. */
const prevailing = (steps: ReadonlyArray<number>): number => {
  const intervals = steps
    .slice(1)
    .map((step, i) => step - steps[i]!)
    .sort((a, b) => a - b)
  const part = (steps.at(-1)! - steps[0]!) * limit("prevailingPart")
  let covered = 0
  for (const interval of intervals) {
    covered += interval
    if (covered >= part) return interval
  }
  return part
}
