import { type Contender, decideLaunch, type Goal, type LaunchInput, type WhatStands } from "@tanren/playbook"
import { ExperimentRecord, type LaunchProposed, type TrialRow } from "@tanren/record"
import type { Metric } from "@tanren/terms"
import { Effect } from "effect"
import { groundOf } from "./baseline.ts"
import { valuesOf } from "./trials.ts"

/** How the contender was found, as far as the launch rule asks. */
interface Found extends Pick<LaunchInput, "suspectedBug" | "pickedFrom" | "complexity"> {
  readonly overrides?: Goal["overrides"]
}

/**
 * A contender against what stands, on the runs of their two studies. Playbook, "Determining whether to adopt a training
 * pipeline change or hyperparameter configuration".
 *
 * @param contender null where the work proposes nothing: then what stands stays
 */
export const byLaunchRule = Effect.fnUntraced(function* (
  id: string,
  metric: Metric,
  stands: WhatStands,
  contender: Contender | null,
  { overrides = [], ...found }: Found = {},
) {
  const record = yield* ExperimentRecord
  const against = yield* record.trials(id, stands.study)
  const runs = contender === null ? [] : yield* record.trials(id, contender.study)
  const candidate = contender === null ? null : side(contender, runs)
  const made = decideLaunch({
    metric,
    candidate,
    baseline: side(stands, against),
    infeasibleRepeats: runs.length - valuesOf(runs).length,
    ...found,
    ...(yield* groundOf(id, { overrides })),
  })
  return { ...made, winner: contender } satisfies LaunchProposed
})

const side = (one: Contender, runs: ReadonlyArray<TrialRow>) => ({
  hyperparameters: one.hyperparameters,
  training: one.training,
  repeats: valuesOf(runs),
  ids: runs.map(({ study, index }) => `${study}/${index}`),
})
