import { keysOf } from "@tanren/space"
import type { Training } from "@tanren/terms"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, FinalTuningWork } from "../campaign/campaign.ts"
import { asGoal, unrefined } from "../choosing-the-goal/as-goal.ts"
import { designGoal, type GoalDesign } from "../creating-studies/studies.ts"
import { searchSeed } from "../creating-studies/study-id.ts"
import type { Warning } from "../scientific-nuisance-fixed/roles.ts"

/** Of a study of the work at that place of the agenda. */
export const finalId = (place: number, name: string): string => `g${place}.${name}`

/** Those of a goal's that speak of comparisons, or of a space that is to be covered evenly, are not meant here. */
const OF_EXPLORATION: ReadonlyArray<string> = ["density", "breadth", "equal-effort", "fixed-optimizer-hyperparameter"]

/** A search for the best configuration as it is laid out: a goal's design, with one study over the declared space. */
export const designFinal = ({
  spec,
  work,
  place,
  stands,
}: {
  readonly spec: CampaignSpec
  readonly work: FinalTuningWork
  /** On the agenda, from 1. */
  readonly place: number
  readonly stands: { readonly hyperparameters: WhatStands["hyperparameters"]; readonly training: Training }
}): GoalDesign => {
  const goal = asGoal(work, work.trials, searchedKeys(spec, work))
  const design = designGoal({ spec: unrefined(spec), goal, goalIndex: place - 1, stands })
  const id = finalId(place, "search")
  return {
    ...design,
    studies: design.studies.map((study) => ({ ...study, id, seed: searchSeed(spec.seed, id) })),
    warnings: design.warnings.filter(({ rule }: Warning) => !OF_EXPLORATION.includes(rule)),
  }
}

/**
 * Everything that is not fixed: named, so that no rule for small studies fixes more. The trials of exploration are told
 * to the search as well, and they would lie outside its space.
 */
const searchedKeys = ({ hyperparameters }: CampaignSpec, { fixed }: FinalTuningWork): ReadonlyArray<string> => {
  const named = new Set(fixed.flatMap((entry) => (typeof entry === "string" ? [entry] : Object.keys(entry))))
  const keys = keysOf(hyperparameters)
  return hyperparameters.flatMap(({ name }, index) => {
    const key = keys[index] ?? name
    return named.has(key) || named.has(name) ? [] : [key]
  })
}
