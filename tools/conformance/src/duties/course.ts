import type { ScheduleSpec } from "@tanren/contract"
import { shown } from "../curve.ts"
import type { Run } from "../run.ts"

/** What a trial file asks of the learning rate; steps in its `stepUnit`. */
export interface Course {
  readonly schedule: ScheduleSpec
  readonly maxTrainSteps: number
  readonly warmupSteps?: number
}

/** Of the base rate: what is printed with three digits passes, an ignored end factor does not. */
const RATE_TOLERANCE = 1e-3

/**
 * The factor on the base learning rate for the update after `done` updates: docs/trainer-contract.md, "The learning
 * rate's course". Written down a second time, so that no program of ours is checked against itself.
 */
const factorAt = ({ schedule, maxTrainSteps, warmupSteps = 0 }: Course, done: number): number => {
  if (done < warmupSteps) return Math.max(0, done + 1) / warmupSteps
  if (schedule.type === "constant") return 1
  const steps = maxTrainSteps - warmupSteps
  const from = schedule.type === "linear" ? (schedule.decayStart ?? 0) : 0
  const share = Math.min(1, Math.max(0, (done - warmupSteps - from) / (steps - from)))
  const end = schedule.endFactor ?? 0
  return schedule.type === "linear" ? 1 - share + end * share : end + ((1 - end) * (1 + Math.cos(Math.PI * share))) / 2
}

/** `learning_rate`, where the program reports it. */
export const ratesOf = ({ curve }: Run): ReadonlyArray<{ readonly step: number; readonly rate: number }> =>
  curve.flatMap(({ step, metrics: { learning_rate: rate } }) =>
    rate === undefined || step < 1 ? [] : [{ step, rate }],
  )

/**
 * The first reported rate that is off the course, in words. The rate at a step may be that of its last update or of the
 * next, or of a part of an epoch between them; a warmup may rise from 0 or from 1 / warmupSteps.
 *
 * @param base the rate at a factor of 1
 */
export const offCourse = (run: Run, course: Course, base: number): string | undefined => {
  for (const { step, rate } of ratesOf(run)) {
    const first = step <= (course.warmupSteps ?? 0) ? step - 2 : step - 1
    const [one, other] = [base * factorAt(course, first), base * factorAt(course, step)]
    const tolerance = RATE_TOLERANCE * Math.abs(base)
    if (rate >= Math.min(one, other) - tolerance && rate <= Math.max(one, other) + tolerance) continue
    return `at step ${step} learning_rate is ${shown(rate)}, wanted: ${shown(base * factorAt(course, step - 1))}`
  }
  return undefined
}
