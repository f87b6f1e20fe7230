import { fromUnit } from "@tanren/space"
import { type Finding, type Hyperparameter, randomOf, type Trial } from "@tanren/terms"
import { ask as answers } from "../src/analyse.ts"
import type { QuestionId } from "../src/questions/index.ts"
import type { InsightInput } from "../src/study/input.ts"
import { readStudy } from "../src/study/study.ts"

export const space: ReadonlyArray<Hyperparameter> = [
  { name: "learning_rate", type: "float", low: 1e-4, high: 1e-1, scale: "log" },
  { name: "momentum", type: "float", low: 0.5, high: 0.99, scale: "reverse_log" },
  { name: "dropout_rate", type: "float", low: 0, high: 0.5 },
]

export const noise = { sd: 0.002, degreesOfFreedom: 4 }

/** Points that fill the unit cube evenly (Kronecker's sequence of the plastic constant's kin). */
export const unitAt = (index: number): ReadonlyArray<number> =>
  [0.8191725134, 0.6710436067, 0.5497004779].map((step) => (0.5 + step * (index + 1)) % 1)

export interface Made {
  readonly cost: (unit: ReadonlyArray<number>) => number
  readonly trials?: number
  readonly trial?: (trial: Trial, unit: ReadonlyArray<number>, index: number) => Trial
  readonly sd?: number
}

export const trialsOf = ({ cost, trials = 32, trial = (made) => made, sd = noise.sd }: Made): ReadonlyArray<Trial> => {
  const random = randomOf("insight tests")
  return Array.from({ length: trials }, (_, index) => {
    const unit = unitAt(index)
    const value = cost(unit) + sd * random.normal()
    return trial({ id: `t${index}`, hyperparameters: fromUnit(space, unit), status: "completed", value }, unit, index)
  })
}

export const inputOf = (trials: ReadonlyArray<Trial>, rest: Partial<InsightInput> = {}): InsightInput => ({
  metric: { name: "valid/error", goal: "minimize" },
  hyperparameters: space,
  trials,
  noise,
  schedule: "constant",
  ...rest,
})

export const ask = (question: QuestionId, input: InsightInput): ReadonlyArray<Finding> =>
  answers(question, readStudy(input))

export const askOne = (question: QuestionId, input: InsightInput, subject?: string): Finding => {
  const found = ask(question, input).find((finding) => finding.subject === subject)
  if (found === undefined) throw new Error(`${question} has no finding about ${subject ?? "the study"}`)
  return found
}

/** Optimum inside on all three. */
export const inside = (unit: ReadonlyArray<number>): number =>
  0.05 + 0.1 * (unit[0]! - 0.5) ** 2 + 0.05 * (unit[1]! - 0.4) ** 2 + 0.05 * (unit[2]! - 0.5) ** 2

export interface Curves {
  readonly valid: (done: number) => number
  readonly loss?: (done: number) => number
  readonly gradient?: (done: number) => number
  readonly evaluations?: number
  readonly sd?: number
}

/** Trials whose value comes from their curves. */
export const withCurves = (
  curvesOf: (unit: ReadonlyArray<number>, index: number) => Curves,
  trials = 32,
): ReadonlyArray<Trial> => {
  const random = randomOf("insight curves")
  return trialsOf({
    cost: inside,
    trials,
    trial: ({ value, ...trial }, unit, index) => {
      const { valid, loss, gradient, evaluations = 60, sd = 0.001 } = curvesOf(unit, index)
      const measurements = Array.from({ length: evaluations }, (_, k) => {
        const done = (k + 1) / evaluations
        return {
          step: (k + 1) * 10,
          metrics: {
            "valid/error": value! + valid(done) + sd * random.normal(),
            ...(loss === undefined ? {} : { "train/loss": loss(done) + 0.01 * random.normal() }),
            ...(gradient === undefined ? {} : { grad_norm: gradient(done) }),
          },
        }
      })
      return { ...trial, measurements }
    },
  })
}

export const falls = (speed: number, size: number) => (done: number) => size * Math.exp(-speed * done)

/** Curves that end long before the last step, and that are of use to it. */
export const saturating = falls(20, 0.2)
export const training = falls(3, 2)

export const diverged = ({ id, hyperparameters }: Trial): Trial => ({
  id,
  hyperparameters,
  status: "infeasible",
  reason: "diverged",
})
