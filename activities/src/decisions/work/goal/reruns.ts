import {
  type CampaignSpec,
  type GoalDesign,
  groupIds,
  rerunStudy,
  SEPARATE_STUDIES,
  undeclaredSeeds,
  valueGroups,
} from "@tanren/playbook"
import { keys, type RerunsOutcome, Tracking } from "@tanren/record"
import type { Trial } from "@tanren/terms"
import { compareValues } from "@tanren/terms"
import { Effect } from "effect"
import { groundOf } from "../../baseline.ts"
import { campaignOf, goalOf } from "../../campaign.ts"
import { decideOnce } from "../../decide-once.ts"
import { recordStudies } from "../../record-studies.ts"
import { trialOf } from "../../trials.ts"
import { studiesOf } from "./goal-studies.ts"

export const RERUNS_RULE = "reruns@2"

/**
 * The best trial of *each* scientific value, run again with fresh seeds: the value that made a trial the best of its
 * study flatters it. Playbook, "Determining whether to adopt a training pipeline change".
 */
export const designReruns = Effect.fn("designReruns")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const goal = yield* goalOf(campaign, ordinal)
  const { outcome } = yield* decideOnce(
    id,
    keys.reruns(ordinal),
    Effect.gen(function* () {
      const tracking = yield* Tracking
      const { design, all } = yield* studiesOf(campaign, ordinal)
      const rows = yield* Effect.forEach(all, (study) => tracking.trials(id, study.id))
      const { seedsUndeclared } = yield* groundOf(id, goal)
      const found = rerunValues(design, rows.flat().map(trialOf), campaign.spec, goal.repeats)
      const outcome: RerunsOutcome = seedsUndeclared
        ? { values: found.map((value) => ({ ...value, reruns: null })), refused: undeclaredSeeds.en }
        : { values: found }
      return { rule: RERUNS_RULE, inputs: { repeats: goal.repeats, seedsUndeclared }, outcome }
    }),
  )
  const designs = outcome.values.flatMap(({ reruns }) => (reruns === null ? [] : [reruns]))
  return yield* recordStudies(id, ordinal, "repeats", designs)
})

/** The scientific values of a goal with their best trials, and a study of re-runs for each. */
export const rerunValues = (
  design: GoalDesign,
  trials: ReadonlyArray<Trial>,
  spec: CampaignSpec,
  repeats: number,
): RerunsOutcome["values"] => {
  const groups = valueGroups(design, trials)
  const ids = groupIds(design.studies[0]?.id ?? "", groups)
  const values = groups.map((group, at) => {
    const best = bestOf(group.trials, spec)
    const study = design.studies.find(({ id }) => id === group.study)
    const of = study && (design.layout === "joint" ? { ...study, id: ids[at] ?? study.id } : study)
    return {
      label: group.label,
      value: best?.value,
      best: best?.id ?? null,
      trials: group.trials.map((trial) => trial.id),
      reruns: best === null || of === undefined ? null : rerunStudy(of, best.hyperparameters, repeats),
    }
  })
  // A joint study holds many values by design: only the most promising are worth their re-runs.
  const kept = design.layout === "joint" ? values.toSorted(better(spec)).slice(0, SEPARATE_STUDIES) : values
  return kept.map(({ value: _, ...rest }) => rest)
}

interface Valued {
  readonly value?: number
}

const better = (spec: CampaignSpec) => (a: Valued, b: Valued) => {
  if (a.value === undefined || b.value === undefined)
    return Number(a.value === undefined) - Number(b.value === undefined)
  return compareValues(spec.metric)(a.value, b.value)
}

const bestOf = (trials: ReadonlyArray<Trial>, spec: CampaignSpec): Trial | null =>
  trials.filter(({ status, value }) => status === "completed" && value !== undefined).toSorted(better(spec))[0] ?? null
