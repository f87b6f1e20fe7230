import type { Meaning, Metric } from "@tanren/terms"
import type { Role } from "../scientific-nuisance-fixed/roles.ts"

/** Metrics of speed or cost: there the batch size is the very thing to tune. */
const SPEED = /(^|[/_ -])(time|seconds|minutes|hours|throughput|latency|cost|memory|steps_to|examples_per|tokens_per)/i

export const isValidationPerformance = (metric: Metric): boolean => !SPEED.test(metric.name)

export interface Refusal {
  readonly rule: "batch-size" | "training-steps"
  readonly section: string
  readonly reason: string
}

/**
 * Playbook, "Why shouldn't the batch size be tuned to directly improve validation set performance?" and "Deciding how
 * long to train when training is not compute-bound" (never tune `max_train_steps`). The one rule that refuses; a
 * recorded override lifts it.
 */
export function refusedRole(meaning: Meaning, role: Role, metric: Metric): Refusal | undefined {
  if (role === "fixed" || !isValidationPerformance(metric)) return undefined
  if (meaning === "batch-size") {
    return {
      rule: "batch-size",
      section: "Why shouldn't the batch size be tuned to directly improve validation set performance?",
      reason:
        "the batch size decides how fast training runs, not how well a well-tuned model does: each batch size needs " +
        "its own learning rate and regularisation, so a comparison mostly shows which one was tuned better",
    }
  }
  if (meaning === "training-steps") {
    return {
      rule: "training-steps",
      section: "Deciding how long to train when training is not compute-bound",
      reason:
        "one number of steps is chosen and used in all trials; the retrospectively best checkpoint then shows " +
        "whether it was too many or too few, and longer training would win just for its length",
    }
  }
  return undefined
}
