import { Effect } from "effect"
import { ExperimentRecord } from "../experiment-record.ts"
import type { CampaignRow } from "../rows.ts"
import { standingOf } from "./standing.ts"

/** Where a campaign stands now, with the rows that tell it. */
export const readStanding = Effect.fn("readStanding")(function* ({ id, spec }: Pick<CampaignRow, "id" | "spec">) {
  const record = yield* ExperimentRecord
  const goals = yield* record.goals(id)
  const trials = yield* record.trials(id)
  const decisions = yield* record.decisions(id)
  return { trials, decisions, standing: standingOf({ spec, goals, trials, decisions }) }
})
