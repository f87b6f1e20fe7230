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
import { candidatesAnswer, openProblems } from "../adopting-a-change/recorded.ts"
import { CONTINUING_RULE, continuingReasons } from "./continuing.ts"
import type { RoundDecided } from "./round-decision.ts"
import { ROUNDS_RULE } from "./rounds.ts"
import { ROUNDS_ANSWER_RULE, type RoundsAnswer, roundsReasons, roundsVerdicts } from "./rounds-answer.ts"
import { SUSPICION_RULE, type SuspicionAtLength, suspicionReasons } from "./suspicion.ts"
import { order, type Transfer, transferRules } from "./transfer.ts"

const metric = group({ name: text, goal: oneOf("minimize", "maximize") })
const point = byName(value)
const training = group({ maxTrainSteps: number })

const extension = group({
  course: oneOf("own", "constant", "linear", "cosine"),
  from: number,
  to: number,
  decaySteps: orNull(number),
  warmupSteps: orNull(number),
})

const roundFields = {
  round: number,
  layout: group({
    rounds: listOf(group({ round: number, trials: number, training })),
    reruns: group({ candidates: number, repeats: number }),
    steps: number,
  }),
  study: orNull(group({ id: text, trials: number, goesOn: optional(listOf(orNull(group({ step: number })))) })),
  carried: listOf(group({ hyperparameters: point, value: number, wonRerun: optional(flag) })),
  outOf: number,
  lacking: listOf(text),
  nothingToGrowTo: flag,
  extension: orNull(extension),
  continuing: optional(
    group({
      rule: oneOf(CONTINUING_RULE),
      step: orNull(number),
      because: orNull(oneOf(...continuingReasons)),
      lacking: listOf(text),
    }),
  ),
  metric,
} satisfies Fields

/** A round that this version tells. */
export const isRound = (given: object): given is RoundDecided =>
  holds({ rule: oneOf(ROUNDS_RULE), ...roundFields }, given)

const transferFields = {
  round: number,
  from: number,
  to: number,
  pairs: listOf(
    group({ hyperparameters: point, short: number, long: number, stands: flag, continued: optional(flag) }),
  ),
  lost: number,
  agreement: orNull(
    group({ points: number, discordant: number, tau: number, low: number, high: number, level: number }),
  ),
  verdict: oneOf("agrees", "cannot-tell", "disagrees"),
  best: oneOf("stayed", "moved", "cannot-tell"),
  same: flag,
  ahead: orNull(number),
  noise: orNull(number),
  level: number,
  rechecks: listOf(
    group({
      hyperparameter: text,
      name: text,
      meaning: text,
      confidence: oneOf(...order),
      short: optional(orNull(value)),
      long: optional(orNull(value)),
    }),
  ),
  metric,
} satisfies Fields

/** A transfer that this version tells. */
export const isTransfer = (given: object): given is Transfer =>
  holds({ rule: oneOf(...transferRules), ...transferFields }, given)

const comparison = group({ difference: number, low: number, high: number, level: number })
const runs = { mean: orNull(number), sd: orNull(number), repeats: number }

const suspicionFields = {
  rule: oneOf(SUSPICION_RULE),
  from: number,
  to: number,
  reruns: number,
  badReruns: number,
  runs: number,
  badRuns: number,
  judged: listOf(
    group({ suspicion: group({ where: text, metric: optional(text) }), because: oneOf(...suspicionReasons) }),
  ),
} satisfies Fields

/** What a suspected bug came to at full length, where this version tells it. */
export const isSuspicionAtLength = (given: object): given is SuspicionAtLength => holds(suspicionFields, given)

const answerFields = {
  verdict: oneOf(...roundsVerdicts),
  because: orNull(oneOf(...roundsReasons)),
  from: number,
  to: number,
  lacking: listOf(text),
  before: group(runs),
  candidates: candidatesAnswer,
  gain: orNull(comparison),
  lengthAlone: orNull(comparison),
  pointAlone: orNull(comparison),
  transfers: listOf(
    group({
      from: number,
      to: number,
      verdict: oneOf("agrees", "cannot-tell", "disagrees"),
      agreement: orNull(group({ points: number, tau: number })),
    }),
  ),
  extensions: listOf(extension),
  open: openProblems,
  suspicion: optional(orNull(group(suspicionFields))),
  metric,
} satisfies Fields

/** An answer of a work in rounds that this version tells. */
export const isRoundsAnswer = (given: object): given is RoundsAnswer =>
  holds({ rule: oneOf(ROUNDS_ANSWER_RULE), ...answerFields }, given)
