import type { Hyperparameter, Hyperparameters, Training, Value } from "@tanren/terms"

/** Everything that determines a study's trials: (design, index) -> point and training, with no other state. */
export interface StudyDesign {
  readonly id: string
  /** The scientific values that this study stands for; empty for a joint study. */
  readonly scientific: Readonly<Record<string, Value>>
  /** The hyperparameters searched over, conditions included. */
  readonly searched: ReadonlyArray<Hyperparameter>
  /** Values held still, by flat name: the fixed hyperparameters and this study's scientific values. */
  readonly held: Readonly<Record<string, Value>>
  readonly algorithm: "halton" | "algoperf-halton" | "random" | "grid" | "listed"
  readonly seed: number
  /**
   * Names of searched hyperparameters that other studies of this seed search too. They take the first dimensions of the
   * sequence, so that trial i has the same values of them in each, whatever else a study searches besides. Absent where
   * nothing is shared, and in designs of before it was.
   */
  readonly common?: ReadonlyArray<string>
  /** Index of the first point in the sequence: a refinement goes on where its study stopped. */
  readonly from: number
  readonly trials: number
  readonly points?: ReadonlyArray<Hyperparameters>
  /** Absent in designs of before they said so: as the campaign file has it. */
  readonly training?: Training
  /** A checkpoint that its trials keep, for longer ones to go on from; absent: none. */
  readonly keeps?: KeptCheckpoint
  /** By listed point: the shorter trial that it goes on from, whose seeds it has. Null: from its first step, with its own. */
  readonly goesOn?: ReadonlyArray<GoesOn | null>
}

export interface KeptCheckpoint {
  readonly step: number
  /** So many of the best trials keep it to the end, */
  readonly best: number
  /** and these by their index. */
  readonly always: ReadonlyArray<number>
}

/** A trial of another study, and the step of the checkpoint that it kept. */
export interface GoesOn {
  readonly study: string
  readonly index: number
  readonly step: number
}
