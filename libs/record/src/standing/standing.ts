import {
  baselineStudy,
  type CampaignSpec,
  type LongerProposed,
  proposeLonger,
  tuningBatches,
  type WhatStands,
  type Work,
  whatStands,
} from "@tanren/playbook"
import type { Status } from "@tanren/terms"
import { decisionIn } from "../decisions.ts"
import { keys } from "../keys.ts"
import type { BaselineOutcome, LaunchOutcome } from "../outcomes.ts"
import type { DecisionRow, TrialRow } from "../rows.ts"
import { type GoalStanding, goalStanding, newestFindings } from "./goal.ts"
import { trialsOfGoal } from "./planned.ts"

/** What a campaign is at; what waits, waits for a person. */
export type Phase =
  | { readonly at: "baseline" | "finished" }
  | {
      readonly at: "studies" | "refinement-waits" | "refined-studies" | "reruns" | "launch" | "launch-waits"
      readonly goal: number
    }
  /** Work in rounds of growing length. */
  | { readonly at: "round"; readonly goal: number; readonly round: number; readonly of: number }
  /** A final tuning; `of` is how many batches there are at most. */
  | { readonly at: "batch"; readonly goal: number; readonly batch: number; readonly of: number }

/** What a person is asked. */
export interface Question {
  readonly about: "launch" | "refinement"
  readonly goal: number
  readonly text: string
}

export interface Standing {
  readonly phase: Phase
  readonly baseline: BaselineOutcome | null
  readonly goals: ReadonlyArray<GoalStanding>
  readonly question: Question | null
  readonly stands: WhatStands
  /** Longer training that the newest findings of a goal call for, and no later work on the agenda carries out. */
  readonly longer: (LongerProposed & { readonly goal: number }) | null
  /** The launch that made it stand; null where none did. */
  readonly launched: LaunchOutcome | null
  readonly trials: {
    /** All that the campaign will have come to, as far as it is known. */
    readonly planned: number
    /** Those that need not run again. */
    readonly done: number
    readonly running: number
    readonly infeasible: number
    readonly failed: number
  }
}

/** What the record holds of a campaign. */
export interface CampaignRows {
  readonly spec: CampaignSpec
  /** The agenda: the spec's goals and those added since. */
  readonly goals: ReadonlyArray<Work>
  readonly decisions: ReadonlyArray<DecisionRow>
  readonly trials: ReadonlyArray<TrialRow>
}

/** Where a campaign stands. Whoever shows it, asks, or counts reads this: it is derived here and nowhere else. */
export const standingOf = ({ spec, goals: agenda, decisions, trials }: CampaignRows): Standing => {
  const baseline = decisionIn(decisions, keys.baseline)?.outcome ?? null
  const goals = agenda.map((goal, at) => goalStanding(spec, goal, at + 1, decisions))
  const count = (status: Status) => trials.filter((trial) => trial.status === status).length
  const launches = goals.map(({ launch }) => launch ?? undefined)
  const stands = whatStands(spec, launches)
  const planned = goals.reduce((sum, goal) => sum + trialsOfGoal(spec, goal, baseline), baselineStudy(spec).trials)
  return {
    phase: phaseOf(baseline, goals),
    baseline,
    goals,
    question: questionOf(goals),
    stands,
    longer: longerOf(goals, stands),
    launched: launches[stands.launchedBy - 1] ?? null,
    trials: {
      planned,
      done: count("completed") + count("infeasible") + count("failed"),
      running: count("running"),
      infeasible: count("infeasible"),
      failed: count("failed"),
    },
  }
}

const longerOf = (goals: ReadonlyArray<GoalStanding>, stands: WhatStands): Standing["longer"] => {
  const at = goals.findLastIndex(
    ({ goal, launch, rounds }) => goal.kind === "goal" && launch !== null && rounds.length > 0,
  )
  const standing = goals[at]
  if (standing === undefined || goals.slice(at + 1).some(({ goal }) => goal.kind === "rounds")) return null
  const proposed = proposeLonger(newestFindings(standing), stands)
  return proposed === null ? null : { ...proposed, goal: standing.ordinal }
}

/** The goal that is worked on: goals are settled one after another. */
const current = (goals: ReadonlyArray<GoalStanding>): GoalStanding | undefined =>
  goals.find(({ launch }) => launch === null)

const phaseOf = (baseline: BaselineOutcome | null, goals: ReadonlyArray<GoalStanding>): Phase => {
  if (baseline === null) return { at: "baseline" }
  const standing = current(goals)
  if (standing === undefined) return { at: "finished" }
  const { ordinal: goal, rounds, lengths, reruns, proposal, launchWaits } = standing
  if (proposal !== null) return { at: launchWaits ? "launch-waits" : "launch", goal }
  if (reruns !== null) return { at: "reruns", goal }
  const length = lengths.at(-1)
  if (length !== undefined) {
    return { at: "round", goal, round: length.decided.round, of: length.decided.layout.rounds.length }
  }
  const batch = standing.tuning?.batches.at(-1)
  if (batch !== undefined && standing.goal.kind === "final-tuning") {
    return { at: "batch", goal, batch: batch.batch, of: tuningBatches(standing.goal) }
  }
  if (rounds.at(-1)?.waits === true) return { at: "refinement-waits", goal }
  return { at: rounds.some(({ studies }) => studies.length > 0) ? "refined-studies" : "studies", goal }
}

const questionOf = (goals: ReadonlyArray<GoalStanding>): Question | null => {
  const standing = current(goals)
  if (standing === undefined) return null
  const { ordinal: goal, rounds, reruns, proposal, launchWaits } = standing
  if (proposal !== null) return launchWaits ? { about: "launch", goal, text: proposal.text } : null
  const newest = reruns === null ? rounds.at(-1) : undefined
  return newest?.waits === true ? { about: "refinement", goal, text: newest.refinement?.text ?? "" } : null
}
