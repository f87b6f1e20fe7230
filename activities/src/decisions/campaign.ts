import { resolve } from "node:path"
import type { CampaignSpec, Work } from "@tanren/playbook"
import { ExperimentRecord } from "@tanren/record"
import { Effect } from "effect"
import { Misuse } from "../misuse.ts"
import { StateFolder } from "../state-folder.ts"

export interface Campaign {
  readonly id: string
  readonly directory: string
  readonly spec: CampaignSpec
  readonly goals: ReadonlyArray<Work>
}

export const campaignOf = Effect.fnUntraced(function* (id: string) {
  const record = yield* ExperimentRecord
  const { root } = yield* StateFolder
  const row = yield* record.campaign(id)
  if (row === null) return yield* new Misuse({ message: `the record holds no campaign ${id}` })
  const goals = yield* record.goals(id)
  return { id, directory: resolve(root, row.directory), spec: row.spec, goals } satisfies Campaign
})

/** The work at that place of the agenda. */
export const workAt = Effect.fnUntraced(function* ({ id, goals }: Campaign, place: number) {
  const work = goals[place - 1]
  if (work === undefined) return yield* new Misuse({ message: `campaign ${id} has no work at place ${place}` })
  return work
})

/** The work at that place of the agenda, which is of that kind. */
export const workOf = Effect.fnUntraced(function* <Kind extends Work["kind"]>(
  campaign: Campaign,
  place: number,
  wanted: Kind,
) {
  const work = yield* workAt(campaign, place)
  const isWanted = (one: Work): one is Extract<Work, { kind: Kind }> => one.kind === wanted
  if (isWanted(work)) return work
  return yield* new Misuse({ message: `place ${place} of campaign ${campaign.id} is a ${work.kind}, no ${wanted}` })
})

export const goalOf = (campaign: Campaign, place: number) => workOf(campaign, place, "goal")
