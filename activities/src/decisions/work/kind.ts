import type { WhatStands } from "@tanren/playbook"
import type { ExperimentRecord, LaunchProposed } from "@tanren/record"
import type { Effect } from "effect"
import type { StateFolder } from "../../state-folder.ts"
import type { Campaign } from "../campaign.ts"

/** Makes a decision for the workflow that asks. */
export type Run = <A, E>(decision: Effect.Effect<A, E, ExperimentRecord | StateFolder>) => Promise<A>

/** What every kind of work decides, whatever else its workflow asks. */
export interface KindDecides<Asked> {
  /** What its workflow asks, as activities: named for all kinds together, so that names differ. */
  readonly activities: (run: Run) => Asked
  /** At its end: the change to what stands that its results speak for; most kinds ask `byLaunchRule`. */
  readonly propose: (
    campaign: Campaign,
    place: number,
    stands: WhatStands,
  ) => Effect.Effect<LaunchProposed, unknown, ExperimentRecord | StateFolder>
}
