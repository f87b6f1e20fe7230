import type { BaselineJudgement, Contender, LaunchDecision, Launched } from "@tanren/playbook"

export interface BaselineOutcome extends BaselineJudgement {
  /** What the program said of its validation set; null where it said nothing. */
  readonly validationExamples: number | null
}

/** The state of the source code that studies were designed for. Playbook, "Setting up experiment tracking". */
export interface Source {
  readonly commit: string
  /** Files with unsubmitted changes, new ones included, from the repository's root; so many are named. */
  readonly changed: ReadonlyArray<string>
  /** How many more there are. */
  readonly more: number
}

/** What the launch rule says, before a person or the policy has a word in it. */
export interface LaunchProposed extends LaunchDecision {
  /** Proposed to stand from now on; one of before 9d8988f told of no training: it was the campaign file's. */
  readonly winner: (Omit<Contender, "training"> & Partial<Contender>) | null
}

export interface PersonsWord {
  readonly word: "approve" | "reject"
  readonly by: string
  readonly note: string
}

/** The launch as it was settled. */
export type LaunchOutcome = Launched & {
  readonly decision: "adopt" | "keep"
  readonly text: string
  /** Relative to the state folder; null where the program wrote none. */
  readonly checkpoint: string | null
  /** The run that the checkpoint is from. */
  readonly trial: string | null
  readonly person: PersonsWord | null
}
