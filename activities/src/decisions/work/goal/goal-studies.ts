import { ExperimentRecord, keys, roundsOf } from "@tanren/record"
import { Effect } from "effect"
import type { Campaign } from "../../campaign.ts"
import { decided } from "../../decide-once.ts"

/**
 * A goal's design with the refinements made so far: what its newest studies are, and all of them. A refinement that a
 * person was asked about is one when they said so: nothing ran of what was refused or passed over in silence.
 *
 * @param before rounds before this one; every round unless given
 */
export const studiesOf = Effect.fnUntraced(function* (
  { id, spec }: Campaign,
  goal: number,
  before = Number.POSITIVE_INFINITY,
) {
  const design = yield* decided(id, keys.design(goal))
  const rounds = roundsOf(yield* (yield* ExperimentRecord).decisions(id), goal, spec.policy.refine === "ask")
  const refined = rounds.filter(({ round, studies }) => round < before && studies.length > 0)
  return {
    design,
    newest: refined.at(-1)?.studies ?? design.studies,
    all: [design, ...refined].flatMap(({ studies }) => studies),
  }
})
