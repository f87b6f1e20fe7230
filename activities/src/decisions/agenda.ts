import { isKnownKind, newerKindText } from "@tanren/playbook"
import { decodeGoal } from "@tanren/playbook/schema"
import { ExperimentRecord } from "@tanren/record"
import { Effect } from "effect"
import type { IndexRange } from "../contract.ts"
import { Misuse } from "../misuse.ts"
import { notify } from "../notify.ts"
import { campaignOf } from "./campaign.ts"
import { judgeGains } from "./gains.ts"

/** A workflow names a campaign and never brings one along: what no row of the record says is not run. */
export const openCampaign = Effect.fn("openCampaign")(function* (id: string) {
  const record = yield* ExperimentRecord
  yield* campaignOf(id)
  yield* record.reopenCampaign(id)
})

export const agenda = Effect.fn("agenda")(function* (id: string) {
  const { goals } = yield* campaignOf(id)
  const newer = goals.findIndex((work) => !isKnownKind(work))
  if (newer >= 0) return yield* new Misuse({ message: newerKindText(goals[newer]!, newer + 1) })
  return { goals: goals.length, kinds: goals.map(({ kind }) => kind) }
})

/** A goal for a campaign that runs is checked as one in its file would be. */
export const addGoal = Effect.fn("addGoal")(function* (id: string, wanted: unknown) {
  const record = yield* ExperimentRecord
  const { spec, goals } = yield* campaignOf(id)
  const decoded = decodeGoal(wanted, spec)
  if (!decoded.ok) {
    const [first] = decoded.issues
    return {
      refused: `${first?.path ?? "goal"}: ${first?.message ?? "not a goal"}, found ${first?.found ?? "nothing"}, wanted ${first?.allowed ?? "a goal"}`,
    }
  }
  const same = goals.findIndex((goal) => JSON.stringify(goal) === JSON.stringify(decoded.goal))
  // An update that is delivered twice adds one goal.
  if (same >= 0) return { goal: same + 1 }
  yield* record.addGoal(id, goals.length + 1, decoded.goal)
  return { goal: goals.length + 1 }
})

/** The indexes that still have to run, as ranges: few numbers, whatever the size of the study. */
export const pendingTrials = Effect.fn("pendingTrials")(function* (id: string, study: string) {
  const record = yield* ExperimentRecord
  const known = yield* record.study(id, study)
  const finished = new Set(yield* record.finished(id, study))
  const ranges: Array<[number, number]> = []
  for (let index = 0; index < (known?.trials ?? 0); index++) {
    if (finished.has(index)) continue
    const last = ranges.at(-1)
    if (last?.[1] === index) last[1] = index + 1
    else ranges.push([index, index + 1])
  }
  return ranges as ReadonlyArray<IndexRange>
})

export const closeCampaign = Effect.fn("closeCampaign")(function* (
  id: string,
  status: "finished" | "cancelled" | "failed",
  note: string,
) {
  const record = yield* ExperimentRecord
  if (status === "finished") yield* judgeGains(id)
  yield* record.closeCampaign(id, status, note.slice(0, 4_000))
  const { spec, directory } = yield* campaignOf(id)
  yield* notify(spec, directory, { campaign: id, about: "campaign-ended", text: `${status}: ${note}` })
})
