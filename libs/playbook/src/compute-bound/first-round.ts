import type { StudyDesign } from "@tanren/search"
import type { Training } from "@tanren/terms"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, Goal, RoundsWork } from "../campaign/campaign.ts"
import { designGoal, type GoalDesign } from "../creating-studies/studies.ts"
import { searchSeed } from "../creating-studies/study-id.ts"

/** Round 1's search as the goal that it is: nothing is compared, everything that is not fixed is nuisance. */
export const asGoal = (work: RoundsWork, trials: number): Goal => ({
  ...{ kind: "goal", question: work.question, direction: "exploit", scientific: [], nuisance: [], fixed: work.fixed },
  ...{ trials, algorithm: "halton", studies: "auto", repeats: work.repeats, overrides: work.overrides },
})

/** The best points go on to the next round: none of round 1's trials is kept back for refinement. */
export const unrefined = (spec: CampaignSpec): CampaignSpec => ({
  ...spec,
  policy: { ...spec.policy, refine: "never" },
})

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
