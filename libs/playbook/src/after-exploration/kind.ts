import type { FinalTuningWork } from "../campaign/campaign.ts"
import type { KindOfWork } from "../campaign/kind-of-work.ts"
import { finalIssues, plainFinalIssues } from "./final-issues.ts"
import { type FinalTuningPlan, planFinal } from "./final-plan.ts"
import { finalLines } from "./final-plan.words.ts"

/** The last search, as a kind of work. */
export const finalTuningKind: KindOfWork<FinalTuningWork, FinalTuningPlan> = {
  issues: (work, index, { spec, spaceSound, baselineSound }) =>
    spaceSound ? finalIssues(spec, work, index, baselineSound) : plainFinalIssues(work, `goals[${index}]`),
  notes: (_, index, spec) =>
    spec.goals.slice(0, index).some(({ kind }) => kind === "goal" || kind === "rounds")
      ? []
      : [`goal ${index + 1}: nothing before this final tuning explores, so the space stays as it is declared`],
  plan: planFinal,
  lines: finalLines,
}
