import { ExperimentRecord, keys, lineageOf, type Purpose } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import { Effect } from "effect"
import type { StudyTicket } from "../contract.ts"
import { StateFolder } from "../state-folder.ts"
import { campaignOf } from "./campaign.ts"
import { SOURCE_RULE, sourceOf } from "./source.ts"

/** The source code as it was when a goal's first studies were designed, where git knows it. */
const recordSource = Effect.fnUntraced(function* (id: string, goal: number) {
  const record = yield* ExperimentRecord
  const key = keys.source(goal)
  if ((yield* record.decision(id, key)) !== null) return
  const { directory } = yield* campaignOf(id)
  const outcome = yield* sourceOf(directory, (yield* StateFolder).root)
  if (outcome !== null) yield* record.decide(id, { key, rule: SOURCE_RULE, inputs: {}, outcome })
})

/**
 * Studies enter the record before their trials can.
 *
 * @param round of the refinement that made them; 0 where none did
 */
export const recordStudies = Effect.fnUntraced(function* (
  campaign: string,
  goal: number,
  purpose: Purpose,
  designs: ReadonlyArray<StudyDesign>,
  round = 0,
) {
  const record = yield* ExperimentRecord
  yield* recordSource(campaign, goal)
  const first = (yield* record.decision(campaign, keys.design(goal)))?.outcome
  for (const design of designs) {
    const { id, trials } = design
    const lineage = purpose === "baseline" ? { round, of: null, scientific: {} } : lineageOf(first, design, round)
    yield* record.addStudy(campaign, { id, goal, purpose, ...lineage, design, trials })
  }
  return ticketsOf(designs)
})

/** Studies as a workflow needs to know them. */
export const ticketsOf = (designs: ReadonlyArray<StudyDesign>): ReadonlyArray<StudyTicket> =>
  designs.map(({ id, trials }) => ({ study: id, trials }))
