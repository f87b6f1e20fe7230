export { type Answer, type AnswerGroup, answerGoal } from "./adopting-a-change/answer.ts"
export { blowUps } from "./adopting-a-change/blow-ups.ts"
export {
  answerOfCandidates,
  type CandidateRerun,
  type CandidatesAnswer,
  candidateReruns,
} from "./adopting-a-change/candidates.ts"
export { compare } from "./adopting-a-change/comparison.ts"
export { LEAST_REPEATS } from "./adopting-a-change/evidence.ts"
export { lastTenth } from "./adopting-a-change/last-tenth.ts"
export {
  decideLaunch,
  type LaunchDecision,
  type LaunchInput,
  type LaunchSide,
  launchRepeats,
  type MeasuredOtherwise,
} from "./adopting-a-change/launch.ts"
export { grown, withReplacements } from "./adopting-a-change/lost-runs.ts"
export { isAnswer } from "./adopting-a-change/recorded.ts"
export { chooseRepeats, gainShown, mostRepeats, type RepeatsChosen } from "./adopting-a-change/repeats.ts"
export {
  RERUNS_RULE,
  type Reruns,
  rerunStudy,
  rerunsOf,
  standsReruns,
  standsRunsAtMost,
} from "./adopting-a-change/reruns.ts"
export { same } from "./adopting-a-change/same.ts"
export { seedsOverridden } from "./adopting-a-change/undeclared-seeds.ts"
export {
  type SamplingError,
  type StudyVariance,
  samplingErrorOf,
  studyVarianceOf,
  type TrialVariance,
  trialVarianceOf,
} from "./adopting-a-change/variances.ts"
export {
  type Contender,
  courseOf,
  type Launched,
  standings,
  standsAfter,
  startOf,
  trainingOf,
  type WhatStands,
  whatStands,
} from "./adopting-a-change/what-stands.ts"
export { decideBatch, type TuningBatch } from "./after-exploration/batch.ts"
export { answerFinal, type FinalAnswer } from "./after-exploration/final-answer.ts"
export { designFinal } from "./after-exploration/final-design.ts"
export { batchesOf as tuningBatches, finalReruns } from "./after-exploration/final-plan.ts"
export { type ModelCandidates, modelCandidates } from "./after-exploration/model-candidates.ts"
export { isBatch, isFinalAnswer, isModelCandidates, isRefinedSpace } from "./after-exploration/recorded.ts"
export {
  type RefinedRange,
  type RefinedSpace,
  refineSpace,
  type WorseValue,
} from "./after-exploration/refined-space.ts"
export { onTestSet, type TestLook, testLook } from "./after-exploration/test-look.ts"
export {
  type CampaignSpec,
  type FinalTuningWork,
  type Goal,
  type Limits,
  type Policy,
  type RoundsWork,
  type StdoutPatterns,
  shareOf,
  type Work,
} from "./campaign/campaign.ts"
export { commandPlaces, handsSeeds } from "./campaign/command-places.ts"
export { isKnownKind, kindOf, newerKindText } from "./campaign/kinds.ts"
export type { GoalPlan } from "./choosing-the-goal/goal-plan.ts"
export { type RanPoint, ranPoints } from "./compute-bound/carried.ts"
export { CONTINUING_DUTIES, type Continuing } from "./compute-bound/continuing.ts"
export { fullLengthReruns } from "./compute-bound/full-length.ts"
export { isRound, isTransfer } from "./compute-bound/recorded.ts"
export { decideFirstRound, decideLaterRound, type RoundDecided } from "./compute-bound/round-decision.ts"
export { layOutRounds, ROUNDS_RULE, type RoundsLayout } from "./compute-bound/rounds.ts"
export { answerRounds, type RoundsAnswer } from "./compute-bound/rounds-answer.ts"
export { type SuspicionAtLength, suspicionAtLength } from "./compute-bound/suspicion.ts"
export { type LongerProposed, proposeLonger } from "./compute-bound/train-longer.ts"
export { type Pair, type Recheck, type Transfer, transferOf } from "./compute-bound/transfer.ts"
export { commonPoints, drawnTrials } from "./creating-studies/common-points.ts"
export { exploredSpace } from "./creating-studies/explored-space.ts"
export { designGoal, type GoalDesign } from "./creating-studies/studies.ts"
export {
  answerParagraphsOf,
  confidenceCaveats,
  confidenceText,
  describeCaveat,
  describeContinuing,
  describeLaunch,
  describeLonger,
  describeLooks,
  describeOutcome,
  describeSpaceNotes,
} from "./describe.ts"
export { type OpenProblems, openProblems, suspectedBug } from "./extracting-insight/open-problems.ts"
export { type Refinement, refineDesign } from "./extracting-insight/refine.ts"
export { trialsInside } from "./extracting-insight/trials-inside.ts"
export { type Plan, planCampaign } from "./informative-and-affordable/plan.ts"
export { planText } from "./informative-and-affordable/plan.words.ts"
export { type PlannedTrials, plannedTrials } from "./informative-and-affordable/planned-trials.ts"
export { durationText } from "./informative-and-affordable/price.words.ts"
export { type BaselineJudgement, judgeBaseline } from "./initial-configuration/baseline.ts"
export { BASELINE_STUDY, baselineStudy } from "./initial-configuration/baseline-study.ts"
export type { Caveat } from "./scientific-nuisance-fixed/caveats.ts"
