import { relative } from "node:path"
import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord } from "@tanren/record"
import { Effect } from "effect"

/** A campaign file as it is frozen in the record. */
interface Frozen {
  readonly directory: string
  readonly file: string
  readonly spec: CampaignSpec
}

/**
 * Writes a campaign's row and its goals, before anything runs: whatever is killed from here on, the same command finds
 * the campaign and goes on with it. A workflow is told the id alone.
 */
export const enter = Effect.fn("enter")(function* (id: string, { directory, file, spec }: Frozen, stateFolder: string) {
  const record = yield* ExperimentRecord
  // Relative, so that a folder that was moved with its campaign goes on from where it is.
  const row = { id, name: spec.name, directory: relative(stateFolder, directory), file, spec }
  yield* record.openCampaign(row, spec.goals)
})
