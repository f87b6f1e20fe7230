import { resolve } from "node:path"
import type { CampaignSpec, Goal } from "@tanren/playbook"
import { Tracking } from "@tanren/record"
import { Effect } from "effect"
import { Misuse } from "../misuse.ts"
import { StateFolder } from "../state-folder.ts"

export interface Campaign {
  readonly id: string
  readonly directory: string
  readonly spec: CampaignSpec
  readonly goals: ReadonlyArray<Goal>
}

export const campaignOf = Effect.fnUntraced(function* (id: string) {
  const tracking = yield* Tracking
  const { root } = yield* StateFolder
  const row = yield* tracking.campaign(id)
  if (row === null) return yield* new Misuse({ message: `the record holds no campaign ${id}` })
  const goals = yield* tracking.goals(id)
  return { id, directory: resolve(root, row.directory), spec: row.spec, goals } satisfies Campaign
})

export const goalOf = Effect.fnUntraced(function* (campaign: Campaign, ordinal: number) {
  const goal = campaign.goals[ordinal - 1]
  if (goal === undefined) return yield* new Misuse({ message: `campaign ${campaign.id} has no goal ${ordinal}` })
  return goal
})
