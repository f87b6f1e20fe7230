import type { CampaignSpec, GoalDesign, Reruns, Work } from "@tanren/playbook"
import type { Finding } from "@tanren/terms"
import { decisionIn } from "../decisions.ts"
import { type Answered, type DecisionKey, keys } from "../keys.ts"
import type { LaunchOutcome, LaunchProposed, Source } from "../outcomes.ts"
import type { DecisionRow } from "../rows.ts"
import { type LengthRound, lengthRoundsOf } from "./lengths.ts"
import { type Round, roundsOf } from "./rounds.ts"
import { type TuningStanding, tuningOf } from "./tuning.ts"

/** How far a goal has come: what was decided, and null for what was not yet. */
export interface GoalStanding {
  /** 1, 2, …, in the order of the agenda. */
  readonly ordinal: number
  /** Whatever its kind of work. */
  readonly goal: Work
  readonly source: Source | null
  readonly design: GoalDesign | null
  readonly rounds: ReadonlyArray<Round>
  /** Of a work in rounds of growing length; none of any other kind. */
  readonly lengths: ReadonlyArray<LengthRound>
  /** Of a final tuning. */
  readonly tuning: TuningStanding | null
  readonly reruns: Reruns | null
  readonly answer: Answered | null
  readonly proposal: LaunchProposed | null
  /** Whether that proposal waits for a person. */
  readonly launchWaits: boolean
  readonly launch: LaunchOutcome | null
  /** Judged at the campaign's end, by its last goal. */
  readonly gains: ReadonlyArray<Finding> | null
}

export const goalStanding = (
  { policy }: Pick<CampaignSpec, "policy">,
  goal: Work,
  ordinal: number,
  decisions: ReadonlyArray<DecisionRow>,
): GoalStanding => {
  const outcome = <Outcome>(key: DecisionKey<Outcome>) => decisionIn(decisions, key)?.outcome ?? null
  const proposal = outcome(keys.proposal(ordinal))
  const launch = outcome(keys.launch(ordinal))
  return {
    ordinal,
    goal,
    source: outcome(keys.source(ordinal)),
    design: outcome(keys.design(ordinal)),
    rounds: roundsOf(decisions, ordinal, policy.refine === "ask"),
    lengths: lengthRoundsOf(decisions, ordinal),
    tuning: tuningOf(decisions, ordinal),
    reruns: outcome(keys.reruns(ordinal)),
    answer: outcome(keys.answer(ordinal)),
    proposal,
    launchWaits: launch === null && proposal?.decision === "adopt" && policy.launch.ask,
    launch,
    gains: outcome(keys.gains(ordinal)),
  }
}

/** The findings that stand: those of the newest round. */
export const newestFindings = ({ rounds }: GoalStanding): ReadonlyArray<Finding> => rounds.at(-1)?.findings ?? []
