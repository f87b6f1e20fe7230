import { type OpenProblems, openProblems } from "@tanren/playbook"
import { ExperimentRecord, type Round, roundsOf } from "@tanren/record"
import { Effect } from "effect"
import type { Campaign } from "../../campaign.ts"

/** What the last round of findings left open, as the record tells it. */
export const openProblemsOf = Effect.fnUntraced(function* ({ id, spec }: Campaign, ordinal: number) {
  const decisions = yield* (yield* ExperimentRecord).decisions(id)
  const newest = roundsOf(decisions, ordinal, spec.policy.refine === "ask").at(-1)
  return newest === undefined ? openProblems([], null) : openProblems(newest.findings, unspentOf(newest))
})

const unspentOf = ({ refinement, word }: Round): OpenProblems["unspent"] => {
  if (refinement === null) return null
  const { studies, left, stop } = refinement
  if (word === "judge") {
    const proposed = studies.reduce((sum, { trials }) => sum + trials, 0)
    return {
      trials: left + proposed,
      because: "not-asked-for",
      why: "no person asked for the refinement that was proposed",
    }
  }
  return studies.length === 0 && stop != null ? { trials: left, because: "cure-first", why: stop } : null
}
