import type { CampaignSpec } from "./campaign.ts"
import { kindOf } from "./kinds.ts"

/**
 * What was assumed where a file says nothing; `plan` shows it.
 *
 * @param from index of the first piece of work whose notes are wanted
 */
export const notesOf = (spec: CampaignSpec, from = 0): ReadonlyArray<string> =>
  spec.goals.flatMap((work, index) => (index < from ? [] : kindOf(work).notes(work, index, spec)))
