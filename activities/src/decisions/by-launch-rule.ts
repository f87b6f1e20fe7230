import { type Contender, decideLaunch, type Goal, type LaunchInput, lastTenth, type WhatStands } from "@tanren/playbook"
import { ExperimentRecord, type LaunchProposed, type TrialRow } from "@tanren/record"
import type { Metric } from "@tanren/terms"
import { Effect } from "effect"
import { groundOf } from "./baseline.ts"
import type { Campaign } from "./campaign.ts"
import { runsOfStands } from "./runs-of-stands.ts"

/** How the contender was found, as far as the launch rule asks. */
interface Found extends Pick<LaunchInput, "suspectedBug" | "pickedFrom" | "complexity"> {
  readonly overrides?: Goal["overrides"]
}

/**
 * A contender against what stands, on fresh runs of either that were measured alike. Playbook, "Determining whether to adopt a training
 * pipeline change or hyperparameter configuration".
 *
 * @param contender null where the work proposes nothing: then what stands stays
 */
export const byLaunchRule = Effect.fnUntraced(function* (
  campaign: Campaign,
  place: number,
  stands: WhatStands,
  contender: Contender | null,
  { overrides = [], ...found }: Found = {},
) {
  const record = yield* ExperimentRecord
  const { id, spec } = campaign
  const { metric } = spec
  const runs = contender === null ? [] : yield* record.trials(id, contender.study)
  const candidate = contender === null ? null : yield* side(id, metric, contender, runs)
  const against = yield* runsOfStands(campaign, place, stands, runs)
  const made = decideLaunch({
    metric,
    candidate,
    baseline: yield* side(id, metric, stands, against.rows),
    infeasibleRepeats: runs.filter(({ status }) => status === "infeasible").length,
    measuredOtherwise: contender === null ? [] : against.otherwise,
    ...found,
    ...(yield* groundOf(id, { overrides })),
  })
  return { ...made, winner: contender } satisfies LaunchProposed
})

/** Runs that failed are neither good nor bad: trouble of the machine, for which other seeds are run. */
const side = Effect.fnUntraced(function* (id: string, metric: Metric, one: Contender, runs: ReadonlyArray<TrialRow>) {
  const record = yield* ExperimentRecord
  const completed = runs.flatMap(({ status, study, index, value }) =>
    status === "completed" && value !== null ? [{ study, index, value }] : [],
  )
  const ends = yield* Effect.forEach(completed, ({ study, index, value }) =>
    Effect.map(record.measurements({ campaign: id, study, index }), (curve) => lastTenth(curve, metric) ?? value),
  )
  return {
    hyperparameters: one.hyperparameters,
    training: one.training,
    repeats: completed.map(({ value }) => value),
    lastTenths: ends,
    ids: runs.map(({ study, index }) => `${study}/${index}`),
    lost: runs.filter(({ status }) => status === "failed").length,
  }
})
