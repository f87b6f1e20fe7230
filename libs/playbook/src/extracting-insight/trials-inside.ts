import type { StudyDesign } from "@tanren/search"
import { contains } from "@tanren/space"
import type { Hyperparameter } from "@tanren/terms"
import type { Earlier } from "./refine.ts"

/**
 * The trials that lie in the space of one of the studies, as if they had been run there: what it searches, and what it
 * holds still. Playbook, "Identifying bad search space boundaries": points outside a cut space are judged already.
 */
export function trialsInside<T extends Pick<Earlier, "hyperparameters">>(
  studies: ReadonlyArray<StudyDesign>,
  trials: ReadonlyArray<T>,
): ReadonlyArray<T> {
  const spaces = studies.map(({ searched, held }) => [
    ...searched,
    ...Object.entries(held).map(([name, value]): Hyperparameter => ({ name, type: "categorical", values: [value] })),
  ])
  return trials.filter(({ hyperparameters }) => spaces.some((space) => contains(space, hyperparameters).ok))
}
