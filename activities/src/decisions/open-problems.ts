import { type OpenProblems, openProblems, type Refinement } from "@tanren/playbook"
import { keys, Tracking } from "@tanren/record"
import type { Finding } from "@tanren/terms"
import { Effect } from "effect"

/** What the last round of findings left open, as the record tells it. */
export const openProblemsOf = Effect.fnUntraced(function* (id: string, ordinal: number) {
  const tracking = yield* Tracking
  let findings: ReadonlyArray<Finding> = []
  let unspent: OpenProblems["unspent"] = null
  for (let round = 1; ; round++) {
    const found = yield* tracking.decision(id, keys.findings(ordinal, round))
    if (found === null) return openProblems(findings, unspent)
    findings = found.outcome
    const refined = (yield* tracking.decision(id, keys.refinement(ordinal, round)))?.outcome
    const word = (yield* tracking.decision(id, keys.refinementWord(ordinal, round)))?.outcome
    unspent = refined === undefined ? null : unspentOf(refined, word === "judge")
  }
})

const unspentOf = ({ studies, left, stop }: Refinement, refused: boolean): OpenProblems["unspent"] => {
  if (refused) {
    const proposed = studies.reduce((sum, { trials }) => sum + trials, 0)
    return {
      trials: left + proposed,
      because: "not-asked-for",
      why: "no person asked for the refinement that was proposed",
    }
  }
  return studies.length === 0 && stop != null ? { trials: left, because: "cure-first", why: stop } : null
}
