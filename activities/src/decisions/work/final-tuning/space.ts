import { designFinal, refineSpace, type WorseValue } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { type Campaign, campaignOf, workOf } from "../../campaign.ts"
import { decideOnce } from "../../decide-once.ts"
import { trialOf } from "../../trials.ts"
import { whatStandsAt } from "../../what-stands.ts"
import { studiesAlike } from "./trials.ts"

/** Where the last search looks, from what exploration left. Its studies enter the record batch by batch. */
export const refine = Effect.fn("refineSpace")(function* (id: string, place: number) {
  const campaign = yield* campaignOf(id)
  const work = yield* workOf(campaign, place, "final-tuning")
  yield* decideOnce(
    id,
    keys.refinedSpace(place),
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      const { spec } = campaign
      const stands = yield* whatStandsAt(campaign, place)
      const explored = (yield* studiesAlike(campaign, place, stands)).filter(({ purpose }) => purpose === "search")
      const rows = yield* Effect.forEach(explored, (study) => record.trials(id, study.id))
      const worse = yield* establishedWorse(
        campaign,
        place,
        explored.map(({ goal }) => goal),
      )
      const outcome = refineSpace({
        design: designFinal({ spec, work, place, stands }),
        explored: explored.map(({ design }) => design),
        trials: rows.flat().map(trialOf),
        stands: stands.hyperparameters,
        worse,
        metric: spec.metric,
      })
      const studies = explored.map((study) => study.id)
      return { rule: outcome.rule, inputs: { work, stands, studies, worse }, outcome }
    }),
  )
})

/** Single values that a goal's answer established as not the best, where the goal was trained alike. */
const establishedWorse = Effect.fnUntraced(function* (
  { id, goals }: Campaign,
  place: number,
  alike: ReadonlyArray<number>,
) {
  const record = yield* ExperimentRecord
  const worse: Array<WorseValue> = []
  for (const [at, { kind }] of goals.slice(0, place - 1).entries()) {
    const goal = at + 1
    if (kind !== "goal" || !alike.includes(goal)) continue
    const answer = (yield* record.decision(id, keys.answers.goal(goal)))?.outcome
    const reruns = (yield* record.decision(id, keys.reruns(goal)))?.outcome
    const lost = answer?.groups.filter(({ label }) => answer.notBest.includes(label)).map(({ best }) => best) ?? []
    for (const { best, reruns: study } of reruns?.values ?? []) {
      const values = Object.entries(study?.scientific ?? {})
      const [only] = values
      // Of several values together none is worse by itself.
      if (only !== undefined && values.length === 1 && lost.includes(best)) {
        worse.push({ name: only[0], value: only[1], goal })
      }
    }
  }
  return worse
})
