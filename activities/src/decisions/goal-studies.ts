import { keys, Tracking } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import { Effect } from "effect"
import type { Campaign } from "./campaign.ts"
import { decided } from "./decide-once.ts"

/**
 * A goal's design with the refinements made so far: what its newest studies are, and all of them. A refinement that a
 * person was asked about is one when they said so: nothing ran of what was refused or passed over in silence.
 *
 * @param before rounds before this one; every round unless given
 */
export const studiesOf = Effect.fnUntraced(function* (
  campaign: Campaign,
  goal: number,
  before = Number.POSITIVE_INFINITY,
) {
  const tracking = yield* Tracking
  const design = yield* decided(campaign.id, keys.design(goal))
  const all: Array<StudyDesign> = [...design.studies]
  let newest = design.studies
  for (let round = 1; round < before; round++) {
    const known = yield* tracking.decision(campaign.id, keys.refinement(goal, round))
    const studies = known?.outcome.studies ?? []
    if (studies.length === 0) break
    const asked = campaign.spec.policy.refine === "ask"
    if (asked && (yield* tracking.decision(campaign.id, keys.refinementWord(goal, round)))?.outcome !== "refine") break
    newest = studies
    all.push(...studies)
  }
  return { design, newest, all }
})
