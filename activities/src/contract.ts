/**
 * What workflows ask of activities: types only, so that the workflow bundle carries no code of this room.
 * Payloads are tickets and verdicts of a few hundred bytes; the data stays in the record.
 */

import type { Work } from "@tanren/playbook"
import type { PersonsWord } from "@tanren/record"
import type { WorkDecisions } from "./decisions/work/index.ts"

export type { PersonsWord }

/** A study as its workflow needs to know it; the design lies in the record under this id. */
export interface StudyTicket {
  readonly study: string
  readonly trials: number
}

export interface TrialTicket {
  readonly campaign: string
  readonly study: string
  readonly index: number
}

export type WorkKind = Work["kind"]

export interface CampaignTicket {
  readonly campaign: string
}

export interface WorkTicket extends CampaignTicket {
  /** Place on the campaign's agenda, from 1, whatever the kind of work there. */
  readonly goal: number
}

/** Half-open range of trial indexes. */
export type IndexRange = readonly [from: number, to: number]

export type TrainResult =
  | { readonly status: "completed"; readonly value: number; readonly bestStep: number }
  | { readonly status: "infeasible" | "failed"; readonly reason: string }
  /** The program ended badly: to be tried again, and `failed` when it does so every time. */
  | { readonly status: "crashed"; readonly reason: string; readonly triesAllowed: number }

export type BaselineVerdict =
  | { readonly proven: true; readonly summary: string }
  | { readonly proven: false; readonly reason: string }

export type RefinementTicket =
  | { readonly next: "judge" }
  | { readonly next: "run"; readonly studies: ReadonlyArray<StudyTicket> }
  | {
      readonly next: "ask"
      readonly studies: ReadonlyArray<StudyTicket>
      readonly question: string
      readonly waitMs: number
    }

export interface RoundTicket {
  /** None where round 1 is what earlier goals explored. */
  readonly studies: ReadonlyArray<StudyTicket>
  readonly last: boolean
}

export interface BatchTicket {
  /** None where the search ends before it. */
  readonly studies: ReadonlyArray<StudyTicket>
  readonly last: boolean
}

export interface LaunchProposal {
  readonly decision: "adopt" | "keep" | "undecided"
  /** Milliseconds left for a person to speak; null: the rule decides alone. */
  readonly waitMs: number | null
  readonly text: string
}

export interface Decisions extends WorkDecisions {
  /** Refuses a campaign that the record does not hold; one that goes on after its end is running again. */
  openCampaign(input: CampaignTicket): Promise<void>
  designBaseline(input: CampaignTicket): Promise<StudyTicket>
  judgeBaseline(input: CampaignTicket): Promise<BaselineVerdict>
  /** How much work the agenda holds now, and of which kinds. Histories of before there were kinds tell none: goals. */
  agenda(input: CampaignTicket): Promise<{ readonly goals: number; readonly kinds?: ReadonlyArray<WorkKind> }>
  addGoal(
    input: CampaignTicket & { readonly goal: unknown },
  ): Promise<{ readonly goal: number } | { readonly refused: string }>
  /** Studies with other seeds to run in place of runs that failed; the baseline's are those of the work at place 0. */
  replaceLost(input: WorkTicket): Promise<ReadonlyArray<StudyTicket>>
  proposeLaunch(input: WorkTicket): Promise<LaunchProposal>
  settleLaunch(
    input: WorkTicket & { readonly person: PersonsWord | null },
  ): Promise<{ readonly adopted: boolean; readonly text: string }>
  pendingTrials(input: CampaignTicket & { readonly study: string }): Promise<ReadonlyArray<IndexRange>>
  giveUpTrial(input: TrialTicket & { readonly reason: string }): Promise<void>
  closeCampaign(
    input: CampaignTicket & { readonly status: "finished" | "cancelled" | "failed"; readonly note: string },
  ): Promise<void>
}

export interface Training {
  train(input: TrialTicket): Promise<TrainResult>
}
