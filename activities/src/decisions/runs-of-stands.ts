import { type MeasuredOtherwise, standsReruns, type WhatStands } from "@tanren/playbook"
import { ExperimentRecord, keys, type TrialRow } from "@tanren/record"
import { Effect } from "effect"
import type { Campaign } from "./campaign.ts"
import { codeNow, recordCode } from "./code-of-campaign.ts"
import { measuredOtherwise } from "./measured-otherwise.ts"
import { soundValuesOf, valuesOf } from "./trials.ts"

/** Runs of what stands, and what measured them otherwise than those that they are to be compared with. */
interface Runs {
  readonly rows: ReadonlyArray<TrialRow>
  readonly otherwise: ReadonlyArray<MeasuredOtherwise>
}

/** The study that made it stand, and those that ran it beside later candidates. */
const studiesOfStands = Effect.fnUntraced(function* (id: string, place: number, stands: WhatStands) {
  const record = yield* ExperimentRecord
  const since = Array.from({ length: place - stands.launchedBy }, (_, at) => stands.launchedBy + 1 + at)
  const later = yield* Effect.forEach(since, (goal) =>
    Effect.map(record.decision(id, keys.reruns(goal)), (made) =>
      made?.outcome.stands == null ? [] : [{ study: made.outcome.stands.id, goal }],
    ),
  )
  return { own: { study: stands.study, goal: stands.launchedBy }, fresh: later.flat() }
})

/** A study's runs, and what measured them otherwise than these runs of the work at that place. */
const runsAgainst = Effect.fnUntraced(function* (
  { id, spec }: Campaign,
  place: number,
  these: ReadonlyArray<TrialRow>,
  { study, goal }: { readonly study: string; readonly goal: number },
) {
  const record = yield* ExperimentRecord
  const rows = yield* record.trials(id, study)
  const now = (yield* record.decision(id, keys.code(place)))?.outcome
  const then = (yield* record.decision(id, keys.code(goal)))?.outcome
  const isOther = now !== undefined && then !== undefined && now !== then
  const code: ReadonlyArray<MeasuredOtherwise> = isOther ? [{ what: "code", candidate: now, baseline: then }] : []
  return { rows, otherwise: [...code, ...(yield* measuredOtherwise(id, spec.metric, these, rows))] } satisfies Runs
})

const isAlike = ({ otherwise }: Runs): boolean => otherwise.length === 0
const hasRun = ({ rows }: Runs): boolean => valuesOf(rows).length > 0

/**
 * The runs of what stands that a contender's are compared with: those that say what it is worth and were measured as the
 * contender's were; where there are none, what there is, with what differs. The runs that won it a launch flatter it:
 * they count only where nothing ran beside a later candidate, as in records of before that was done.
 */
export const runsOfStands = Effect.fnUntraced(function* (
  campaign: Campaign,
  place: number,
  stands: WhatStands,
  these: ReadonlyArray<TrialRow>,
) {
  const { own, fresh } = yield* studiesOfStands(campaign.id, place, stands)
  const runsOf = (studies: ReadonlyArray<typeof own>) =>
    Effect.forEach(studies, (study) => runsAgainst(campaign, place, these, study))
  const known = (yield* runsOf(stands.launchedBy === 0 ? [own, ...fresh] : fresh)).filter(hasRun)
  const all = known.length > 0 ? known : yield* runsOf([own])
  const alike = all.filter(isAlike)
  const taken = alike.length > 0 ? alike : all
  return {
    rows: taken.flatMap(({ rows }) => rows),
    otherwise: [...(taken[0]?.otherwise ?? []), ...(yield* editedMeanwhile(campaign.id, place))],
  } satisfies Runs
})

/** Whoever edits the program while its re-runs are under way has some of them measured by other code than the rest. */
const editedMeanwhile = Effect.fnUntraced(function* (id: string, place: number) {
  const record = yield* ExperimentRecord
  const kept = (yield* record.decision(id, keys.code(place)))?.outcome
  const now = kept === undefined ? null : yield* codeNow(id)
  const edited: ReadonlyArray<MeasuredOtherwise> =
    kept === undefined || now === null || kept === now ? [] : [{ what: "code", candidate: now, baseline: kept }]
  return edited
})

/**
 * The fresh runs of what stands that a piece of work needs beside its candidates' re-runs, for both sides to have as many.
 * Runs count that were measured as the work's own are: by the same code, on the same data, by the same backend.
 */
export const designStandsReruns = Effect.fnUntraced(function* (
  campaign: Campaign,
  place: number,
  stands: WhatStands,
  repeats: number,
) {
  const { id, spec } = campaign
  const record = yield* ExperimentRecord
  yield* recordCode(id, place)
  const searched = (yield* record.studies(id)).filter(({ goal, purpose }) => goal === place && purpose === "search")
  const these = (yield* Effect.forEach(searched, ({ id: study }) => record.trials(id, study))).flat()
  const { own, fresh } = yield* studiesOfStands(id, place, stands)
  const all = yield* Effect.forEach(stands.launchedBy === 0 ? [own, ...fresh] : fresh, (study) =>
    runsAgainst(campaign, place, these, study),
  )
  const alike = all.filter(isAlike).flatMap(({ rows }) => rows)
  const known = soundValuesOf(alike, spec.metric).length
  return standsReruns({ place, stands, repeats, known })
})
