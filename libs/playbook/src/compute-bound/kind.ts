import type { RoundsWork } from "../campaign/campaign.ts"
import type { KindOfWork } from "../campaign/kind-of-work.ts"
import { plainRoundsIssues, roundsIssues } from "./rounds-issues.ts"
import { planRounds, type RoundsPlan } from "./rounds-plan.ts"
import { roundsLines, roundsNotes } from "./rounds-plan.words.ts"

/** Longer training in rounds, as a kind of work. */
export const roundsKind: KindOfWork<RoundsWork, RoundsPlan> = {
  issues: (work, index, { spec, spaceSound, baselineSound }) =>
    spaceSound ? roundsIssues(spec, work, index, baselineSound) : plainRoundsIssues(work, `goals[${index}]`),
  notes: roundsNotes,
  plan: planRounds,
  lines: roundsLines,
}
