import { existsSync } from "node:fs"
import { join } from "node:path"
import type { CampaignSpec } from "@tanren/playbook"
import type { TrialRow } from "@tanren/record"
import { median } from "@tanren/statistics"
import { Effect } from "effect"

/** What one step costs, and where that is known from. */
export interface Price {
  readonly secondsPerStep: number
  readonly campaign: string
  /** Baseline runs that were timed. */
  readonly runs: number
  readonly secondsPerRun: number
}

/**
 * The price of training as the newest baseline of that name took it, from a folder's record. None where no such
 * baseline ran, or where it counted in other units. A folder without a record stays without one.
 */
export const priceFromRecord = Effect.fn("priceFromRecord")(function* (stateFolder: string, spec: CampaignSpec) {
  const file = join(stateFolder, "record.sqlite")
  if (!existsSync(file)) return undefined
  // The record's library is not waited for where there is no record.
  const { ExperimentRecord } = yield* Effect.promise(() => import("@tanren/record"))
  return yield* Effect.provide(
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      for (const campaign of yield* record.campaigns()) {
        if (campaign.name !== spec.name) continue
        const ran = campaign.spec
        const baseline = (yield* record.studies(campaign.id)).find(({ purpose }) => purpose === "baseline")
        if (baseline === undefined || ran.stepUnit !== spec.stepUnit) continue
        const price = priceOf(campaign.id, ran.maxTrainSteps, yield* record.trials(campaign.id, baseline.id))
        if (price !== undefined) return price
      }
      return undefined
    }),
    ExperimentRecord.layer(file),
  )
})

/** The median: a run that was resumed or shared its machine must not set the price. */
const priceOf = (campaign: string, steps: number, trials: ReadonlyArray<TrialRow>): Price | undefined => {
  const seconds = trials.flatMap(({ status, seconds: taken }) =>
    status === "completed" && taken !== null ? [taken] : [],
  )
  if (seconds.length === 0) return undefined
  const secondsPerRun = median(seconds)
  return { campaign, runs: seconds.length, secondsPerRun, secondsPerStep: secondsPerRun / steps }
}
