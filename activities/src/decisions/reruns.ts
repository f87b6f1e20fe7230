import { grown, type Reruns, withReplacements } from "@tanren/playbook"
import { ExperimentRecord } from "@tanren/record"
import { Effect } from "effect"
import { type Campaign, campaignOf } from "./campaign.ts"
import { recordStudies } from "./record-studies.ts"
import { designStandsReruns } from "./runs-of-stands.ts"
import { soundValuesOf, valuesOf } from "./trials.ts"
import { whatStandsAt } from "./what-stands.ts"

/** The re-runs of a piece of work's candidates, with those of what stands that the launch will need beside them. */
export const withStands = Effect.fnUntraced(function* (
  campaign: Campaign,
  place: number,
  repeats: number,
  reruns: Reruns,
) {
  if (reruns.values.every((value) => value.reruns === null)) return reruns
  const stands = yield* whatStandsAt(campaign, place)
  return { ...reruns, stands: yield* designStandsReruns(campaign, place, stands, repeats) } satisfies Reruns
})

/** Their studies, in the record. */
export const recordReruns = Effect.fnUntraced(function* (id: string, place: number, { values, stands }: Reruns) {
  const designs = values.flatMap(({ reruns }) => (reruns === null ? [] : [reruns]))
  const candidates = yield* recordStudies(id, place, "repeats", designs)
  return [...candidates, ...(yield* recordStudies(id, place, "baseline", stands == null ? [] : [stands]))]
})

/**
 * Another seed for each run of one point that failed by the machine, so that a lost run costs no verdict. Asked again and
 * again until nothing is left to run; a point that loses too many gets none. The baseline is the work at place 0.
 *
 * A run of what stands that blew up is no part of its noise, and is replaced as well, but once: a point whose
 * replacements blow up in their turn is unstable, and more runs of it would only hide that.
 */
export const replaceLost = Effect.fn("replaceLost")(function* (id: string, place: number) {
  const record = yield* ExperimentRecord
  const { metric } = (yield* campaignOf(id)).spec
  const again = (yield* record.studies(id)).filter(
    ({ goal, purpose, design }) => goal === place && purpose !== "search" && design.algorithm === "listed",
  )
  const tickets = yield* Effect.forEach(again, ({ id: study, design, purpose }) =>
    Effect.gen(function* () {
      const rows = yield* record.trials(id, study)
      const failed = rows.filter(({ status }) => status === "failed").length
      const asked = rows.filter(({ index }) => index < design.trials)
      const blownUp = purpose === "baseline" ? valuesOf(asked).length - soundValuesOf(asked, metric).length : 0
      const trials = withReplacements(design.trials, failed) + blownUp
      yield* record.growStudy(id, study, trials, grown(design, trials))
      const missing = trials - (yield* record.finished(id, study)).length
      return missing > 0 ? [{ study, trials: missing }] : []
    }),
  )
  return tickets.flat()
})
