import type { Started } from "@tanren/contract"
import type { CampaignSpec } from "@tanren/playbook"
import type { StudyDesign } from "@tanren/search"
import type { CampaignStatus, Cause, Hyperparameters, Status } from "@tanren/terms"
import type { Lineage } from "./lineage.ts"

export interface CampaignRow {
  readonly id: string
  readonly name: string
  /** Folder of the campaign file: every relative path starts there. */
  readonly directory: string
  readonly file: string
  /** As it was when the campaign started. */
  readonly spec: CampaignSpec
  readonly status: CampaignStatus
  readonly note: string | null
  readonly startedAt: string
  readonly finishedAt: string | null
}

/** What a study's trials are for: to prove the start, to search, or to train one point again with fresh seeds. */
export type Purpose = "baseline" | "search" | "repeats"

export interface StudyRow extends Lineage {
  /** For reading only. */
  readonly id: string
  /** Whose work on the agenda it is: 1, 2, …; 0 is the baseline's. */
  readonly goal: number
  readonly purpose: Purpose
  readonly design: StudyDesign
  readonly trials: number
}

export interface TrialRow {
  readonly study: string
  readonly index: number
  readonly hyperparameters: Hyperparameters
  readonly seeds: Readonly<Record<string, number>>
  readonly status: Status
  readonly fence: number
  readonly value: number | null
  readonly bestStep: number | null
  readonly reason: string | null
  /** Why an infeasible trial could not be trained. */
  readonly cause: Cause | null
  /** Path of the retrospectively best checkpoint, relative to the state folder. */
  readonly checkpoint: string | null
  /** What the program said of itself when it started (duties, backend). */
  readonly started: Started | null
  /** Device seconds of the attempt that finished. */
  readonly seconds: number | null
  readonly startedAt: string
  readonly finishedAt: string | null
}

export interface DecisionRow<Outcome = unknown> {
  /** The text of its key. */
  readonly key: string
  readonly rule: string
  readonly inputs: unknown
  readonly outcome: Outcome
  readonly decidedAt: string
}

export interface TrialKey {
  readonly campaign: string
  readonly study: string
  readonly index: number
}

/** The result of a trial as it is promoted, once. */
export interface Outcome {
  readonly status: "completed" | "infeasible" | "failed" | "cancelled"
  readonly value?: number
  readonly bestStep?: number
  readonly reason?: string
  readonly cause?: Cause
  readonly checkpoint?: string
}

export type Claim =
  | { readonly claimed: true; readonly fence: number }
  | { readonly claimed: false; readonly outcome: Outcome }
