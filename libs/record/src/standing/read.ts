import { Effect } from "effect"
import type { CampaignRow } from "../rows.ts"
import { Tracking } from "../tracking.ts"
import { standingOf } from "./standing.ts"

/** Where a campaign stands now, with the rows that tell it. */
export const readStanding = Effect.fn("readStanding")(function* ({ id, spec }: Pick<CampaignRow, "id" | "spec">) {
  const tracking = yield* Tracking
  const goals = yield* tracking.goals(id)
  const trials = yield* tracking.trials(id)
  const decisions = yield* tracking.decisions(id)
  return { trials, decisions, standing: standingOf({ spec, goals, trials, decisions }) }
})
