import { isBatch, isFinalAnswer, isModelCandidates, isRefinedSpace } from "@tanren/playbook"
import type { GoalStanding } from "@tanren/record"
import type { StudyReport, TuningReport } from "@tanren/report"

/** A final tuning as far as this version can tell it; undefined for other work, and before it starts. */
export const tuningReport = ({ tuning, answer }: GoalStanding): TuningReport | undefined => {
  if (tuning === null || !isRefinedSpace(tuning.space)) return undefined
  const { space, batches, candidates } = tuning
  const given: object | null = answer
  return {
    space,
    batches: batches.filter(isBatch),
    candidates: candidates !== null && isModelCandidates(candidates) ? candidates : null,
    rerun: given !== null && isFinalAnswer(given) ? given.candidates.candidates : [],
  }
}

/** Its studies in their order, re-runs behind them: ids count 2 after 10. */
export const byBatch =
  ({ batches }: TuningReport) =>
  (one: { readonly id: string }, other: { readonly id: string }): number => {
    const place = ({ id }: { readonly id: string }) => {
      const at = batches.findIndex(({ study }) => study?.id === id)
      return at < 0 ? batches.length : at
    }
    return place(one) - place(other)
  }

/** The candidates' re-runs beside the search as a whole, of which its last batch is the end. */
export const withReruns = (
  studies: ReadonlyArray<StudyReport>,
  repeats: StudyReport["trials"],
): ReadonlyArray<StudyReport> => studies.map((study, at) => (at === studies.length - 1 ? { ...study, repeats } : study))
