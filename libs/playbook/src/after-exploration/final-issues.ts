import { isConstant } from "@tanren/space"
import type { Issue } from "@tanren/terms"
import { startOf } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, FinalTuningWork } from "../campaign/campaign.ts"
import { asGoal } from "../choosing-the-goal/as-goal.ts"
import { goalIssues, plainIssues } from "../choosing-the-goal/goal-issues.ts"
import { designFinal } from "./final-design.ts"

/**
 * A work's history in Temporal ends at 51,200 events, and a batch takes some two dozen of them: so many batches are far
 * from that, and more than any search learns from one by one.
 */
const MOST_BATCHES = 1000

const batchIssues = ({ algorithm, trials, parallel }: FinalTuningWork, here: string): ReadonlyArray<Issue> => {
  const batches = Math.ceil(trials / parallel)
  if (algorithm !== "bayes" || batches <= MOST_BATCHES) return []
  const message = `makes ${batches} batches of the ${trials} trials, where ${MOST_BATCHES} are the most`
  const allowed = `at least ${Math.ceil(trials / MOST_BATCHES)}, or fewer trials`
  return [{ path: `${here}.parallel`, message, found: String(parallel), allowed }]
}

/** What is wrong with one final tuning, everything that can be said at once. */
export const finalIssues = (
  spec: CampaignSpec,
  work: FinalTuningWork,
  index: number,
  baselineSound: boolean,
): ReadonlyArray<Issue> => {
  const issues = [
    ...goalIssues(spec, asGoal(work, work.trials), index, baselineSound),
    ...batchIssues(work, `goals[${index}]`),
  ]
  if (issues.length > 0 || !baselineSound) return issues
  const { studies } = designFinal({ spec, work, place: index + 1, stands: startOf(spec) })
  if (studies.some(({ searched }) => searched.some((one) => !isConstant(one)))) return []
  const message = "leaves nothing to tune"
  return [{ path: `goals[${index}].fixed`, message, found: "every hyperparameter", allowed: "fewer of them" }]
}

/** Issues that need nothing of the space. */
export const plainFinalIssues = (work: FinalTuningWork, here: string): ReadonlyArray<Issue> => [
  ...plainIssues(asGoal(work, work.trials), here),
  ...batchIssues(work, here),
]
