import { bestStep } from "./best-step/question.ts"
import { gainsSaturated } from "./gains-saturated/question.ts"
import { infeasibleShare } from "./infeasible-share/question.ts"
import { instabilityWall } from "./instability-wall/question.ts"
import { isolation } from "./isolation/question.ts"
import { optimisation } from "./optimisation/question.ts"
import { overfitting } from "./overfitting/question.ts"
import { periodicMetric } from "./periodic-metric/question.ts"
import { sampling } from "./sampling/question.ts"
import { saturatedEarly } from "./saturated-early/question.ts"
import { searchSpaceEdge } from "./search-space-edge/question.ts"
import { sensitivity } from "./sensitivity/question.ts"
import { stepVariance } from "./step-variance/question.ts"
import { stillImproving } from "./still-improving/question.ts"
import { trainingLossRising } from "./training-loss-rising/question.ts"

/**
 * The checklist of the playbook's "Extracting insight from experimental results", in its order. Whatever lists questions
 * (reports, the bench, the documentation) goes by this list: a question is its folder, and its line here.
 */
export const questions = [
  searchSpaceEdge,
  instabilityWall,
  sampling,
  infeasibleShare,
  optimisation,
  overfitting,
  stepVariance,
  stillImproving,
  saturatedEarly,
  trainingLossRising,
  periodicMetric,
  bestStep,
  isolation,
  sensitivity,
  gainsSaturated,
] as const

export type QuestionId = (typeof questions)[number]["id"]
