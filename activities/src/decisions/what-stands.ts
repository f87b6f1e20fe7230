import { whatStands } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import type { Campaign } from "./campaign.ts"

/** What stands when the work at that place of the agenda starts. */
export const whatStandsAt = Effect.fnUntraced(function* ({ id, spec }: Campaign, place: number) {
  const record = yield* ExperimentRecord
  const before = Array.from({ length: place - 1 }, (_, at) => keys.launch(at + 1))
  const launches = yield* Effect.forEach(before, (key) => record.decision(id, key))
  return whatStands(
    spec,
    launches.map((launch) => launch?.outcome),
  )
})
