import { decisionKeys } from "@tanren/activities"
import type { CampaignSpec, Refinement } from "@tanren/playbook"
import { type CampaignRow, Tracking } from "@tanren/record"
import { Effect } from "effect"

export interface WaitingQuestion {
  readonly about: "launch" | "refinement"
  readonly goal: number
  readonly text: string
}

/** What a campaign waits for a person to say, as its record tells it. */
export const waitingQuestion = Effect.fn("waitingQuestion")(function* (row: CampaignRow) {
  const tracking = yield* Tracking
  const decisions = yield* tracking.decisions(row.id)
  const outcome = (key: string) => decisions.find((one) => one.key === key)?.outcome
  const { policy } = row.spec as CampaignSpec
  const goals = yield* tracking.goals(row.id)
  for (const goal of goals.map((_, at) => at + 1)) {
    if (outcome(decisionKeys.launch(goal)) !== undefined) continue
    const proposal = outcome(decisionKeys.proposal(goal)) as
      | { readonly decision: string; readonly text: string }
      | undefined
    if (proposal !== undefined) {
      const waits = policy.launch.ask && proposal.decision === "adopt"
      return waits ? ({ about: "launch", goal, text: proposal.text } satisfies WaitingQuestion) : undefined
    }
    if (policy.refine !== "ask" || outcome(decisionKeys.reruns(goal)) !== undefined) return undefined
    for (let round = 1; ; round++) {
      const refinement = outcome(decisionKeys.refinement(goal, round)) as Refinement | undefined
      if (refinement === undefined) return undefined
      if (refinement.studies.length === 0 || outcome(decisionKeys.refinementWord(goal, round)) !== undefined) continue
      return { about: "refinement", goal, text: refinement.text } satisfies WaitingQuestion
    }
  }
  return undefined
})
