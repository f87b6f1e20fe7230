import { isRound, isTransfer } from "@tanren/playbook"
import type { GoalStanding } from "@tanren/record"
import type { GoalReport, LengthReport, StudyReport } from "@tanren/report"

/** The rounds of growing length as far as this version can tell them; undefined for work that has none. */
export const lengthsOf = ({ lengths }: GoalStanding): ReadonlyArray<LengthReport> | undefined => {
  const known = lengths
    .filter(({ decided }) => isRound(decided))
    .map(({ decided, transfer }) => ({
      decided,
      transfer: transfer !== null && isTransfer(transfer) ? transfer : null,
    }))
  return known.length === 0 ? undefined : known
}

/** The rounds' studies in their order, re-runs behind them. */
export const asRan =
  (lengths: ReadonlyArray<LengthReport>) =>
  (one: { readonly id: string }, other: { readonly id: string }): number => {
    const place = ({ id }: { readonly id: string }) => {
      const at = lengths.findIndex(({ decided }) => decided.study?.id === id)
      return at < 0 ? lengths.length : at
    }
    return place(one) - place(other)
  }

/** The name under which a report tells trials of different lengths apart; no hyperparameter bears it. */
const LENGTH = "maxTrainSteps"

/** What the rounds ran, told apart by length; candidates were run again at the full one. */
export const byLength = (
  report: Pick<GoalReport, "roles" | "studies">,
  lengths: ReadonlyArray<LengthReport>,
  repeats: StudyReport["trials"],
): Pick<GoalReport, "roles" | "studies"> => {
  const steps = new Map(
    lengths.map(({ decided: { study, layout, round } }) => [
      study?.id,
      layout.rounds[round - 1]?.training.maxTrainSteps,
    ]),
  )
  const last = lengths.at(-1)?.decided.study?.id
  return {
    roles: { ...report.roles, scientific: [LENGTH] },
    studies: report.studies.map((study) => ({
      ...study,
      scientific: { [LENGTH]: steps.get(study.id) ?? 0 },
      ...(study.id === last ? { repeats } : {}),
    })),
  }
}
