import type { Course, Schedule } from "./schedule.ts"

/**
 * A linear rise over `warmupSteps` put in front of a schedule, which then runs its whole course: the warmup's steps
 * are added to training, not taken from the decay. Playbook, "Learning rate warmup".
 *
 * The rise goes from 1 / warmupSteps to 1, so that no step is spent at a rate of 0.
 */
export const withWarmup =
  (warmupSteps: number, schedule: Schedule): Schedule =>
  (step) =>
    step < warmupSteps ? (schedule(0) * (step + 1)) / warmupSteps : schedule(step - warmupSteps)

/**
 * The course of training that takes `steps` in all, the first `warmupSteps` of them warmup: the decay is laid over what
 * is left, so that it ends where training ends.
 */
export const overTraining = (course: Course, steps: number, warmupSteps: number): Schedule => {
  const schedule = course(Math.max(1, steps - warmupSteps))
  return warmupSteps === 0 ? schedule : withWarmup(warmupSteps, schedule)
}
