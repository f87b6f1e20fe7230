import { join } from "node:path"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { StateFolder } from "../state-folder.ts"
import { campaignOf } from "./campaign.ts"
import { CODE_RULE, codeOf } from "./code.ts"

/** The source code as it is now; null where it cannot be read. */
export const codeNow = Effect.fnUntraced(function* (id: string) {
  const record = yield* ExperimentRecord
  const { directory } = yield* campaignOf(id)
  const row = yield* record.campaign(id)
  return yield* codeOf(directory, [join(directory, row?.file ?? ""), (yield* StateFolder).root])
})

/** The code that the runs of that work are measured by, kept when they are designed; 0: those of the baseline. */
export const recordCode = Effect.fnUntraced(function* (id: string, goal: number) {
  const record = yield* ExperimentRecord
  const known = yield* record.decision(id, keys.code(goal))
  if (known !== null) return known.outcome
  const outcome = yield* codeNow(id)
  if (outcome !== null) yield* record.decide(id, { key: keys.code(goal), rule: CODE_RULE, inputs: {}, outcome })
  return outcome
})
