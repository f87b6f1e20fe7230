import type { Cause } from "./cause.ts"
import type { Hyperparameters } from "./hyperparameter.ts"

/** How a trial ended. `infeasible` (diverged, out of memory, a constraint broken) is a result; `failed` is trouble. */
export type Status = "completed" | "infeasible" | "failed" | "running" | "cancelled"

/** One evaluation: every metric that the program reported at this step; non-finite numbers mean what they say. */
export interface Measurement {
  readonly step: number
  readonly metrics: Readonly<Record<string, number>>
}

/**
 * A trial as everything that reads results knows it: a point, and what was measured there.
 * Trials with equal hyperparameters and different seeds are repeats: they carry the noise.
 */
export interface Trial {
  readonly id: string
  readonly hyperparameters: Hyperparameters
  readonly status: Status
  /** The metric at the retrospectively best step, in the metric's own direction; absent unless completed. */
  readonly value?: number
  readonly bestStep?: number
  readonly seed?: number
  /** Of an infeasible or failed trial, in words for a person. */
  readonly reason?: string
  /** Of an infeasible trial; absent means that it diverged. */
  readonly cause?: Cause
  readonly measurements?: ReadonlyArray<Measurement>
}
