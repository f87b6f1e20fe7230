import type { Hyperparameter, Metric, Trial } from "@tanren/terms"

/** Retraining standard deviation in the metric's units. */
export interface Noise {
  readonly sd: number
  readonly degreesOfFreedom: number
}

/** What an earlier goal of the campaign came to: its winner's mean value over re-runs with fresh seeds. */
export interface GoalAnswer {
  readonly question: string
  readonly value: number
  /** Runs behind `value`; 1 when it is a single trial's. */
  readonly repeats: number
  /** Standard deviation over these runs, where known: the answers' own runs add to the knowledge of the noise. */
  readonly sd?: number
}

export interface InsightInput {
  readonly metric: Metric
  /** The declared space; conditional hyperparameters carry `when`. */
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly trials: ReadonlyArray<Trial>
  /**
   * Trials outside the space as it stands, which an earlier round cut: not judged again, but they show what lies beyond
   * its bounds.
   */
  readonly outside?: ReadonlyArray<Trial>
  /** Names whose values are compared. */
  readonly scientific?: ReadonlyArray<string>
  /** From the baseline's seeds; otherwise taken from repeats among the trials. */
  readonly noise?: Noise
  /** How the learning rate runs; `cyclic` rises and falls again, warm restarts among them. */
  readonly schedule?: "constant" | "decays-to-end" | "cyclic" | "unknown"
  /** In the steps of the measurements. */
  readonly maxTrainSteps?: number
  /** Recompute values from the measurements: the post-hoc freedom of quasi-random search. */
  readonly bestOrFinal?: "best" | "final"
  /** Answers of the campaign's goals so far, oldest first, the first one the baseline's. */
  readonly goals?: ReadonlyArray<GoalAnswer>
}
