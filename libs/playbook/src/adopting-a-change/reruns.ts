import type { StudyDesign } from "@tanren/search"
import { compareValues, type Hyperparameters, type Metric, type Trial } from "@tanren/terms"
import { valueGroups } from "../creating-studies/groups.ts"
import { SEPARATE_STUDIES } from "../creating-studies/layout.ts"
import { repeated } from "../creating-studies/repeated.ts"
import type { GoalDesign } from "../creating-studies/studies.ts"
import { groupIds } from "../creating-studies/study-id.ts"
import { BASELINE_REPEATS } from "../initial-configuration/baseline-study.ts"
import type { RepeatsChosen } from "./repeats.ts"
import { undeclaredSeeds } from "./undeclared-seeds.words.ts"
import type { WhatStands } from "./what-stands.ts"

export const RERUNS_RULE = "reruns@3"

/** Each scientific value with its trials of all rounds, the best of them, and the study that runs that one again. */
export interface Reruns {
  readonly values: ReadonlyArray<{
    readonly label: string
    readonly best: string | null
    readonly trials: ReadonlyArray<string>
    readonly reruns: StudyDesign | null
  }>
  /** Fresh runs of what stands, beside the candidates'; null where enough of it are known. Absent from older records. */
  readonly stands?: StudyDesign | null
  /** Where the goal names a gain to show: how many re-runs that came to, and by which noise. */
  readonly chosen?: RepeatsChosen
  /** Why nothing is run again. */
  readonly refused?: string
}

/**
 * Runs of what stands that a piece of work needs at most beside its candidates' re-runs: all of them after a launch,
 * before one what the baseline's own are too few by.
 *
 * @param place of the work on the agenda, from 1
 */
export const standsRunsAtMost = (place: number, repeats: number): number =>
  place === 1 ? Math.max(0, repeats - BASELINE_REPEATS) : repeats

/**
 * What stands, run until as many runs of it count as of each candidate: "about N runs of each" is a promise of both. The
 * runs that made it win a launch count for nothing here: they were picked for being good.
 *
 * @param place of the work on the agenda, from 1
 * @param known completed runs that say what it is worth, measured as the candidates will be
 */
export const standsReruns = (input: {
  readonly place: number
  readonly stands: Pick<WhatStands, "hyperparameters" | "training">
  readonly repeats: number
  readonly known: number
}): StudyDesign | null => {
  const { place, stands, repeats, known } = input
  const missing = repeats - known
  return missing <= 0 ? null : repeated(`g${place}.stands.reruns`, stands.hyperparameters, missing, {}, stands.training)
}

/**
 * The best trial of *each* scientific value, run again with fresh seeds: the value that made a trial the best of its
 * study flatters it. Playbook, "Determining whether to adopt a training pipeline change".
 *
 * @param design the goal's first design
 * @param trials all that ran for the goal, refinements included
 * @param repeats runs for each value
 * @param seedsUndeclared whether the program declares no seeds and is passed none: then nothing is run again
 */
export const rerunsOf = (input: {
  readonly design: GoalDesign
  readonly trials: ReadonlyArray<Trial>
  readonly metric: Metric
  readonly repeats: number
  readonly seedsUndeclared: boolean
}): Reruns => {
  const { design, trials, metric, repeats, seedsUndeclared } = input
  const groups = valueGroups(design, trials)
  const ids = groupIds(design.studies[0]?.id ?? "", groups)
  const values = groups.map((group, at) => {
    const best = bestOf(group.trials, metric)
    const study = design.studies.find(({ id }) => id === group.study)
    const of = study && (design.layout === "joint" ? { ...study, id: ids[at] ?? study.id } : study)
    const rerun = best !== null && of !== undefined && !seedsUndeclared
    return {
      label: group.label,
      value: best?.value,
      best: best?.id ?? null,
      trials: group.trials.map((trial) => trial.id),
      reruns: rerun ? rerunStudy(of, best.hyperparameters, repeats) : null,
    }
  })
  // A joint study holds many values by design: only the most promising are worth their re-runs.
  const kept = design.layout === "joint" ? values.toSorted(better(metric)).slice(0, SEPARATE_STUDIES) : values
  return {
    values: kept.map(({ value: _, ...rest }) => rest),
    ...(seedsUndeclared ? { refused: undeclaredSeeds.en } : {}),
  }
}

/** @param of the first study of this scientific value */
export const rerunStudy = (of: StudyDesign, best: Hyperparameters, repeats: number): StudyDesign =>
  repeated(`${of.id}.reruns`, best, repeats, of.scientific, of.training)

interface Valued {
  readonly value?: number
}

const better = (metric: Metric) => (a: Valued, b: Valued) => {
  if (a.value === undefined || b.value === undefined)
    return Number(a.value === undefined) - Number(b.value === undefined)
  return compareValues(metric)(a.value, b.value)
}

const bestOf = (trials: ReadonlyArray<Trial>, metric: Metric): Trial | null =>
  trials.filter(({ status, value }) => status === "completed" && value !== undefined).toSorted(better(metric))[0] ??
  null
