import {
  byName,
  type Fields,
  flag,
  group,
  holds,
  listOf,
  number,
  oneOf,
  optional,
  orNull,
  text,
  value,
} from "@tanren/terms/fields"
import { candidatesAnswer } from "../adopting-a-change/recorded.ts"
import { batchRules, type TuningBatch } from "./batch.ts"
import { FINAL_ANSWER_RULE, type FinalAnswer } from "./final-answer.ts"
import { MODEL_CANDIDATES_RULE, type ModelCandidates } from "./model-candidates.ts"
import { REFINED_SPACE_RULE, type RefinedSpace } from "./refined-space.ts"
import { TEST_LOOK_RULE, type TestLook } from "./test-look.ts"

/* What is told of a final tuning's decisions; what another version recorded with other fields is quoted. */

const metric = group({ name: text, goal: oneOf("minimize", "maximize") })
const range = listOf(number)
const point = byName(value)
const algorithm = oneOf("bayes", "halton")

const spaceFields = {
  ranges: listOf(
    group({ hyperparameter: text, explored: range, span: range, refined: range, best: number, of: number }),
  ),
  unrefined: listOf(text),
  dropped: listOf(group({ name: text, value, goal: number })),
  trials: number,
} satisfies Fields

export const isRefinedSpace = (given: object): given is RefinedSpace =>
  holds({ rule: oneOf(REFINED_SPACE_RULE), ...spaceFields }, given)

const batchFields = {
  batch: number,
  algorithm,
  study: orNull(group({ id: text, trials: number })),
  observed: number,
  infeasible: number,
  expectedImprovement: orNull(number),
  batchesLeft: optional(number),
  showable: orNull(number),
  noise: orNull(number),
  below: number,
  left: number,
  last: flag,
  metric,
} satisfies Fields

export const isBatch = (given: object): given is TuningBatch =>
  holds({ rule: oneOf(...batchRules), ...batchFields }, given)

const candidate = group({
  ...{ label: text, hyperparameters: point, from: text, observed: number, mean: number, deviation: number },
})
const luckiest = orNull(group({ trial: text, value: number, mean: number, rank: number }))

const chosenFields = { candidates: listOf(candidate), outOf: number, luckiest, metric } satisfies Fields

export const isModelCandidates = (given: object): given is ModelCandidates =>
  holds({ rule: oneOf(MODEL_CANDIDATES_RULE), ...chosenFields }, given)

const answerFields = {
  candidates: candidatesAnswer,
  search: group({
    ...{ algorithm, batches: number, trials: number, left: number, observedBefore: number },
    ...{ firstImprovement: orNull(number), lastImprovement: orNull(number), showable: orNull(number) },
    batchesLeft: optional(number),
  }),
  edges: listOf(text),
  luckiest,
  chosen: group({ candidates: listOf(candidate), outOf: number }),
  metric,
} satisfies Fields

export const isFinalAnswer = (given: object): given is FinalAnswer =>
  holds({ rule: oneOf(FINAL_ANSWER_RULE), ...answerFields }, given)

const testLookFields = {
  trial: text,
  step: number,
  metric,
  value: number,
  validation: orNull(number),
  samplingError: orNull(group({ examples: number, sd: number })),
  look: number,
  ofCampaign: number,
} satisfies Fields

export const isTestLook = (given: object): given is TestLook =>
  holds({ rule: oneOf(TEST_LOOK_RULE), ...testLookFields }, given)
