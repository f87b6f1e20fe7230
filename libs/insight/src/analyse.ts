import type { Finding } from "@tanren/terms"
import type { Question } from "./finding.ts"
import { bestStep } from "./questions/best-step/judge.ts"
import { gainsSaturated } from "./questions/gains-saturated/judge.ts"
import { infeasibleShare } from "./questions/infeasible-share/judge.ts"
import { instabilityWall } from "./questions/instability-wall/judge.ts"
import { isolation } from "./questions/isolation/judge.ts"
import { optimisation } from "./questions/optimisation/judge.ts"
import { overfitting } from "./questions/overfitting/judge.ts"
import { periodicMetric } from "./questions/periodic-metric/judge.ts"
import { sampling } from "./questions/sampling/judge.ts"
import { saturatedEarly } from "./questions/saturated-early/judge.ts"
import { searchSpaceEdge } from "./questions/search-space-edge/judge.ts"
import { sensitivity } from "./questions/sensitivity/judge.ts"
import { stepVariance } from "./questions/step-variance/judge.ts"
import { stillImproving } from "./questions/still-improving/judge.ts"
import { trainingLossRising } from "./questions/training-loss-rising/judge.ts"
import type { InsightInput } from "./study/input.ts"
import { readStudy, type Study } from "./study/study.ts"

/** Recorded beside every decision that was made with these rules and thresholds: a change never rewrites the past. */
export const ruleVersion = 4

/** Playbook, "Extracting insight from experimental results": the checklist, in its order. */
export const checklist: Readonly<Record<Question, (study: Study) => ReadonlyArray<Finding>>> = {
  "search-space-edge": searchSpaceEdge,
  "instability-wall": instabilityWall,
  sampling,
  "infeasible-share": infeasibleShare,
  optimisation,
  overfitting,
  "step-variance": stepVariance,
  "still-improving": stillImproving,
  "saturated-early": saturatedEarly,
  "training-loss-rising": trainingLossRising,
  "periodic-metric": periodicMetric,
  "best-step": bestStep,
  isolation,
  sensitivity,
  "gains-saturated": gainsSaturated,
}

/**
 * Every question of the checklist about one set of trials. A pure function: the same input gives the same findings.
 * Never throws on what trials hold (NaN, infinities, missing metrics, duplicates): what cannot be judged comes out as
 * `too-few-data`.
 */
export const analyse = (input: InsightInput): ReadonlyArray<Finding> => {
  const study = readStudy(input)
  return Object.values(checklist).flatMap((question) => question(study))
}
