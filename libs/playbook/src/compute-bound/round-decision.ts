import type { StudyDesign } from "@tanren/search"
import { type Metric, pointKey, type Training } from "@tanren/terms"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, RoundsWork } from "../campaign/campaign.ts"
import type { GoalDesign } from "../creating-studies/studies.ts"
import { carriedOf, laterRound, type RanPoint } from "./carried.ts"
import { type Continuing, continuingOf, goingOn, keeping } from "./continuing.ts"
import { designFirstRound } from "./first-round.ts"
import { roundText } from "./round-decision.words.ts"
import { firstExtension, layOutRounds, nothingToGrowTo, ROUNDS_RULE, type RoundsLayout, searches } from "./rounds.ts"
import { type Extension, extensionOf } from "./schedule-extension.ts"

/** What one round runs, and why; made when it begins. */
export interface RoundDecided {
  readonly rule: typeof ROUNDS_RULE
  readonly round: number
  /** Of all rounds, fixed with the first. */
  readonly layout: RoundsLayout
  /** Null where round 1 is what earlier goals explored. */
  readonly study: StudyDesign | null
  /** Of round 1's search; null in later rounds. */
  readonly design: GoalDesign | null
  /** The points that are taken over, with what they came to in the round before, best first. */
  readonly carried: ReadonlyArray<RanPoint>
  /** How many points they are the best of. */
  readonly outOf: number
  /** Duties of the program that this way of training asks for and that it does not declare: then nothing runs. */
  readonly lacking: ReadonlyArray<string>
  /** What stands trains as long as the full length already: the rounds that were asked for became one. */
  readonly nothingToGrowTo: boolean
  /** How the schedule was taken over; null in a round 1 that is no longer than what stands, or has its own. */
  readonly extension: Extension | null
  /** Whether the next round's runs may go on from this one's; absent where nothing of the kind was asked. */
  readonly continuing?: Continuing
  readonly metric: Metric
  readonly text: string
}

/**
 * Round 1, and with it the lengths and numbers of all rounds.
 *
 * @param lacks the duties that a way of training asks for and the program does not declare
 * @param lacksForContinuing likewise those that long runs which go on from short ones ask for
 */
export const decideFirstRound = (
  spec: CampaignSpec,
  work: RoundsWork,
  place: number,
  stands: WhatStands,
  lacks: (training: Training) => ReadonlyArray<string> = () => [],
  lacksForContinuing: ReadonlyArray<string> = [],
): RoundDecided => {
  const planned = layOutRounds(work, stands)
  const lacking = planned.rounds[0] === undefined ? [] : lacks(planned.rounds[0].training)
  const layout = lacking.length === 0 ? planned : nothing(planned)
  const [first] = layout.rounds
  const design =
    first !== undefined && searches(layout)
      ? designFirstRound({ spec, work, place, stands, training: first.training, trials: first.trials })
      : null
  const continuing = continuingOf(work, layout, 1, spec.evalEverySteps, lacksForContinuing)
  const [study] = design?.studies ?? []
  return told({
    rule: ROUNDS_RULE,
    round: 1,
    layout,
    study: study === undefined ? null : keeping(study, 1, layout, continuing),
    design,
    carried: [],
    outOf: 0,
    lacking,
    nothingToGrowTo: nothingToGrowTo(work, layout),
    extension: firstExtension(spec, work, stands, layout),
    ...(continuing === null ? {} : { continuing }),
    metric: spec.metric,
  })
}

/** What a program was not asked for in a way that it promises to honour is not asked for at all. */
const nothing = ({ reruns }: RoundsLayout): RoundsLayout => ({
  rounds: [],
  reruns: { ...reruns, candidates: 0 },
  steps: 0,
})

/**
 * Round i + 1: few longer runs at the best points of round i, and at what stands. Playbook, "Deciding how long to train
 * when training is compute-bound", round 2.
 *
 * @param points of the round before, best first
 */
export const decideLaterRound = (
  spec: CampaignSpec,
  work: Pick<RoundsWork, "continues">,
  place: number,
  before: Pick<RoundDecided, "round" | "layout" | "study">,
  stands: WhatStands,
  points: ReadonlyArray<RanPoint>,
  lacksForContinuing: ReadonlyArray<string> = [],
): RoundDecided => {
  const { layout } = before
  const [from, to] = [layout.rounds[before.round - 1], layout.rounds[before.round]]
  if (from === undefined || to === undefined) throw new RangeError(`no round comes after round ${before.round}`)
  const carried = carriedOf(points, stands.hyperparameters, to.trials - 1)
  const searched = before.study?.searched ?? spec.hyperparameters
  const standing = points.find((one) => pointKey(one.hyperparameters) === pointKey(stands.hyperparameters))
  const goesOn = goingOn([standing, ...carried], before.study)
  const study = laterRound({
    ...{ place, round: to.round, training: to.training, stands: stands.hyperparameters, carried, searched },
    ...(goesOn === undefined ? {} : { goesOn }),
  })
  const continuing = continuingOf(work, layout, to.round, spec.evalEverySteps, lacksForContinuing)
  return told({
    rule: ROUNDS_RULE,
    round: to.round,
    layout,
    study: keeping(study, to.round, layout, continuing),
    design: null,
    carried,
    outOf: points.length,
    lacking: [],
    nothingToGrowTo: false,
    extension: extensionOf(from.training, to.training.maxTrainSteps, spec),
    ...(continuing === null ? {} : { continuing }),
    metric: spec.metric,
  })
}

const told = (made: Omit<RoundDecided, "text">): RoundDecided => ({ ...made, text: roundText.en(made) })
