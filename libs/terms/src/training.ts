/** The learning rate's course, relative to the base rate that a hyperparameter gives. */
export type Schedule =
  | { readonly type: "constant" }
  | {
      readonly type: "linear"
      /** The step at which the decay starts; absent: 0. */
      readonly decayStart?: number
      /** The learning rate at the end, as a share of the base rate; in 0 … 1. */
      readonly endFactor: number
    }
  | { readonly type: "cosine"; readonly endFactor?: number }

/** How a trial is trained, beside its hyperparameters. What is absent nobody set: it is the program's own. */
export interface Training {
  /** In the campaign's step unit, the warmup's steps among them. */
  readonly maxTrainSteps: number
  /** Asks for the duty `schedule`. */
  readonly schedule?: Schedule
  /** Steps of linear warmup in front; asks for the duty `warmup`. */
  readonly warmupSteps?: number
  /** The global L2 norm to which gradients are clipped; asks for the duty `clip`. */
  readonly clipNorm?: number
}
