import type { Device, Startable } from "@tanren/activities"
import type { TrialFile } from "@tanren/contract"
import type { Hyperparameters, Metric } from "@tanren/terms"

/** A program under test, and how far each of its short runs goes. */
export interface Subject {
  readonly startable: Startable
  /** Where it runs; relative paths of its command start here. */
  readonly directory: string
  /** What its runs have, one after another: `leaseDevice`. */
  readonly device: Device
  readonly hyperparameters: Hyperparameters
  /** Without one, the first run tells which metrics there are. */
  readonly metric?: Metric
  readonly stepUnit: TrialFile["stepUnit"]
  /** Not a multiple of `every`, so that the evaluation after the last step shows. */
  readonly steps: number
  readonly every: number
  /** A run that takes longer is ended, and has failed. */
  readonly seconds: number
  /** From SIGTERM to the end. */
  readonly graceSeconds: number
  /** Relative difference up to which two numbers count as equal. */
  readonly tolerance: number
}

export const SUBJECT_DEFAULTS = { steps: 11, every: 3, seconds: 600, graceSeconds: 10, tolerance: 1e-6 } as const
