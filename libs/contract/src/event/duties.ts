/**
 * What a program may promise beyond level 0, in its `started` event; the conformance checker holds it to each. What is
 * not promised is not to be assumed: `missingDuties` tells a study or sweep what it would lack.
 */
export const DUTIES = [
  /** Equal seeds give equal curves, different seeds different ones. */
  "seeds",
  /** Evaluates at multiples of `evalEverySteps` and at the last step. */
  "cadence",
  /** Writes checkpoints, each announced after the metrics up to its step. */
  "checkpoint",
  /** On SIGTERM writes a checkpoint and leaves within the grace period. */
  "sigterm",
  /** Continues from `resumeFrom` on the same curve. */
  "resume",
  /** Keeps the checkpoint of `keepCheckpointAt`, from which a longer trial goes on as if it had begun at step 0. */
  "prolong",
  /** Measures the split that it is told. */
  "split",
  "schedule",
  "warmup",
  "clip",
  "every-step-evaluation",
  "evaluate-task",
  /** Writes a model to `exportDir`. */
  "export",
  /** Told so, waits after `finished` for the next trial in the same process. */
  "warm",
] as const

export type Duty = (typeof DUTIES)[number]
