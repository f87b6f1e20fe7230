import type { StudyDesign } from "@tanren/search"
import type { Training } from "@tanren/terms"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, RoundsWork } from "../campaign/campaign.ts"
import { asGoal, unrefined } from "../choosing-the-goal/as-goal.ts"
import { designGoal, type GoalDesign } from "../creating-studies/studies.ts"
import { searchSeed } from "../creating-studies/study-id.ts"

/** Of the rounds of the work at that place of the agenda. */
export const roundId = (place: number, round: number): string => `g${place}.round-${round}`

/**
 * Quasi-random search at the short length over everything that is not fixed. Playbook, "Deciding how long to train when
 * training is compute-bound", round 1.
 *
 * @param place on the agenda, from 1
 */
export const designFirstRound = (input: {
  readonly spec: CampaignSpec
  readonly work: RoundsWork
  readonly place: number
  readonly stands: Pick<WhatStands, "hyperparameters">
  readonly training: Training
  readonly trials: number
}): GoalDesign => {
  const { spec, work, place, stands, training, trials } = input
  const design = designGoal({
    spec: unrefined(spec),
    goal: asGoal(work, trials),
    goalIndex: place - 1,
    stands: { ...stands, training },
  })
  const id = roundId(place, 1)
  const named = (study: StudyDesign): StudyDesign => ({ ...study, id, seed: searchSeed(spec.seed, id) })
  return { ...design, studies: design.studies.map(named) }
}
