import {
  type SamplingError,
  type StudyVariance,
  samplingErrorOf,
  studyVarianceOf,
  type TrialVariance,
  trialVarianceOf,
} from "@tanren/playbook"
import { isComparable, pointKey } from "@tanren/terms"
import type { ReportData } from "./data.ts"
import { bestOf, type Group, groupsOf, isAdaptive, repeatsOf } from "./groups.ts"

/** The playbook's three sources of variation between results, apart; each null or empty where nothing measured it. */
export interface Variation {
  readonly trial: TrialVariance | null
  /** Of each scientific value of the last goal that has trials, chosen independently of each other. */
  readonly study: ReadonlyArray<StudyVariance & { readonly group: string; readonly goal: number }>
  readonly sampling: SamplingError | null
}

export const variationOf = (data: ReportData): Variation => {
  const { metric, goals, baseline, validationExamples } = data
  const at = goals.findLastIndex((goal) => !isAdaptive(goal) && goal.studies.some((study) => study.trials.length > 0))
  const last = goals[at]
  const value = bestOf(metric, goals)?.value ?? baseline?.mean
  return {
    trial: trialVariation(data),
    study: (last === undefined ? [] : groupsOf(last)).flatMap((group) => {
      const variance = studyVariance(group, metric.goal)
      return variance === null ? [] : [{ ...variance, group: group.label, goal: at + 1 }]
    }),
    sampling: value === undefined ? null : samplingErrorOf(metric, value, validationExamples),
  }
}

export const studyVariance = ({ trials }: Group, goal: "minimize" | "maximize"): StudyVariance | null =>
  studyVarianceOf(
    trials.filter(isComparable).map((trial) => trial.value),
    trials.filter((trial) => trial.status === "infeasible").length,
    goal,
  )

/** Pooled within groups of equal hyperparameters; an exact zero is a program that ignores its seed, not no noise. */
export const trialVariation = (data: ReportData): TrialVariance | null => {
  const groups = new Map<string, number[]>()
  for (const trial of [...(data.baseline?.repeats ?? []), ...data.goals.flatMap(repeatsOf)].filter(isComparable)) {
    const key = pointKey(trial.hyperparameters)
    groups.set(key, [...(groups.get(key) ?? []), trial.value])
  }
  const variance = trialVarianceOf([...groups.values()])
  return variance !== null && variance.sd > 0 ? variance : null
}
