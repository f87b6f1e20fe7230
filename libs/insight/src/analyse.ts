import type { Finding } from "@tanren/terms"
import { bestStep } from "./best-step.ts"
import type { Question } from "./finding.ts"
import { gainsSaturated } from "./gains-saturated.ts"
import { infeasibleShare } from "./infeasible-share.ts"
import type { InsightInput } from "./input.ts"
import { instabilityWall } from "./instability-wall.ts"
import { isolation } from "./isolation.ts"
import { optimisation } from "./optimisation.ts"
import { overfitting } from "./overfitting.ts"
import { periodicMetric } from "./periodic-metric.ts"
import { sampling } from "./sampling.ts"
import { saturatedEarly } from "./saturated-early.ts"
import { searchSpaceEdge } from "./search-space-edge.ts"
import { sensitivity } from "./sensitivity.ts"
import { stepVariance } from "./step-variance.ts"
import { stillImproving } from "./still-improving.ts"
import { readStudy, type Study } from "./study.ts"
import { trainingLossRising } from "./training-loss-rising.ts"

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
