import { type CampaignRow, type DecisionKey, decisionIn, keys, Tracking } from "@tanren/record"
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
  const outcome = <Outcome>(key: DecisionKey<Outcome>) => decisionIn(decisions, key)?.outcome
  const { policy } = row.spec
  const goals = yield* tracking.goals(row.id)
  for (const goal of goals.map((_, at) => at + 1)) {
    if (outcome(keys.launch(goal)) !== undefined) continue
    const proposal = outcome(keys.proposal(goal))
    if (proposal !== undefined) {
      const waits = policy.launch.ask && proposal.decision === "adopt"
      return waits ? ({ about: "launch", goal, text: proposal.text } satisfies WaitingQuestion) : undefined
    }
    if (policy.refine !== "ask" || outcome(keys.reruns(goal)) !== undefined) return undefined
    for (let round = 1; ; round++) {
      const refinement = outcome(keys.refinement(goal, round))
      if (refinement === undefined) return undefined
      if (refinement.studies.length === 0 || outcome(keys.refinementWord(goal, round)) !== undefined) continue
      return { about: "refinement", goal, text: refinement.text } satisfies WaitingQuestion
    }
  }
  return undefined
})
