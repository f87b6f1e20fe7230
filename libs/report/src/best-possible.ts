import { type BestPossible, bestPossible } from "@tanren/insight"
import { isRanged } from "@tanren/space"
import { isComparable } from "@tanren/terms"
import type { GoalReport, ReportData, StudyReport } from "./data.ts"
import { groupsOf } from "./groups.ts"
import { trialVariation } from "./variation.ts"

export const LEVEL = 0.95

/**
 * How far the best of each scientific value is from the best possible, where that can be asked: all its trials were drawn
 * from one space (a refinement searches another), its best was run again, and the noise of a run is known.
 */
export const bestsPossible = (
  data: ReportData,
  goal: GoalReport,
): ReadonlyArray<{ readonly label: string; readonly possible: BestPossible }> => {
  const noise = trialVariation(data)
  const studies = goal.studies.filter(({ trials }) => trials.length > 0)
  const spaces = new Map(studies.map((study) => [JSON.stringify(study.scientific), spaceOf(study)]))
  const isOneSpace = studies.every((study) => spaces.get(JSON.stringify(study.scientific)) === spaceOf(study))
  if (noise === null || !isOneSpace || goal.lengths !== undefined || goal.tuning !== undefined) return []
  if (!studies.every(({ drawn }) => drawn === true)) return []
  return groupsOf(goal).flatMap(({ label, trials, repeats }) => {
    // More values than can be told apart are one group, whose re-runs are of several points.
    if (label === "" && goal.roles.scientific.length > 0) return []
    const values = trials.filter(isComparable).map(({ value }) => value)
    const searched = studies.flatMap(({ searched = [] }) => searched).filter(isRanged)
    const ranges = new Set(
      searched.flatMap(({ name }) =>
        trials.some(({ hyperparameters }) => name in hyperparameters) && !goal.roles.scientific.includes(name)
          ? [name]
          : [],
      ),
    ).size
    const asked = {
      values,
      infeasible: trials.filter(({ status }) => status === "infeasible").length,
      ranges,
      repeats: repeats.filter(isComparable).map(({ value }) => value),
    }
    const possible = bestPossible(asked, data.metric, noise, LEVEL)
    return possible === null ? [] : [{ label, possible }]
  })
}

const spaceOf = ({ searched }: StudyReport): string => JSON.stringify(searched ?? [])
