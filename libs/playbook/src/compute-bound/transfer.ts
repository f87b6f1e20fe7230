import { keysOf, unitOf } from "@tanren/space"
import { type RankAgreement, rankAgreement } from "@tanren/statistics"
import {
  compareValues,
  type Hyperparameter,
  type Hyperparameters,
  type Meaning,
  type Metric,
  meaningOf,
  type Value,
} from "@tanren/terms"
import { transferText } from "./transfer.words.ts"

export const TRANSFER_RULE = "transfer@1"

/** How likely the playbook holds that a hyperparameter's good value carries over to longer training. */
export type Confidence = "very-likely" | "likely" | "perhaps" | "unlikely" | "not-said"

/**
 * Playbook, "Deciding how long to train when training is compute-bound", round 1: "in descending order of probability".
 * Augmentation is among the regularisers here, as in the playbook's remark on them.
 */
const expectations: Readonly<Record<Meaning, Confidence>> = {
  warmup: "very-likely",
  initialisation: "very-likely",
  architecture: "likely",
  optimizer: "perhaps",
  "learning-rate": "perhaps",
  momentum: "perhaps",
  beta1: "perhaps",
  beta2: "perhaps",
  epsilon: "perhaps",
  regulariser: "perhaps",
  "regulariser-switch": "perhaps",
  schedule: "unlikely",
  clipping: "not-said",
  "batch-size": "not-said",
  "training-steps": "not-said",
  other: "not-said",
}

export interface Expectation {
  readonly hyperparameter: string
  readonly name: string
  readonly meaning: Meaning
  readonly confidence: Confidence
}

/** What the playbook expects of each hyperparameter of a space, most likely first. */
export const expectationsOf = (hyperparameters: ReadonlyArray<Hyperparameter>): ReadonlyArray<Expectation> => {
  const keys = keysOf(hyperparameters)
  return hyperparameters
    .map((one, index) => {
      const meaning = meaningOf(one, hyperparameters)
      return { hyperparameter: keys[index] ?? one.name, name: one.name, meaning, confidence: expectations[meaning] }
    })
    .toSorted((one, other) => order.indexOf(one.confidence) - order.indexOf(other.confidence))
}

export const order: ReadonlyArray<Confidence> = ["very-likely", "likely", "perhaps", "unlikely", "not-said"]

/** A point that was trained at both lengths. */
export interface Pair {
  readonly hyperparameters: Hyperparameters
  /** The metric at the shorter length and at the longer one; a mean where it ran several times. */
  readonly short: number
  readonly long: number
  /** What stood when the work began. */
  readonly stands: boolean
}

/** Whether the best value of a hyperparameter moved from one length to the next. */
export interface Recheck extends Expectation {
  readonly short: Value | null
  readonly long: Value | null
  readonly moved: "no" | "yes" | "cannot-tell"
}

export interface Transfer {
  readonly rule: typeof TRANSFER_RULE
  readonly round: number
  readonly from: number
  readonly to: number
  readonly pairs: ReadonlyArray<Pair>
  /** Points that were to run at the longer length and gave no value there. */
  readonly lost: number
  /** Null with fewer than two pairs. */
  readonly agreement: RankAgreement | null
  readonly verdict: "agrees" | "cannot-tell" | "disagrees"
  /** How much better the longer length's best is there than the shorter length's best; null with fewer than two pairs. */
  readonly ahead: number | null
  /** The difference below which two single runs are not told apart; null where no trial variance is known. */
  readonly noise: number | null
  readonly rechecks: ReadonlyArray<Recheck>
  readonly metric: Metric
  readonly text: string
}

/** Our reading: two standard deviations of the difference of two single runs. */
const NOISE = 2 * Math.SQRT2

/** Our reading: a value that moved by less than a tenth of what was searched, on its scale, stayed where it was. */
const MOVED_SHARE = 0.1

/**
 * What of a round's order, and of its best values, still holds at the next length, judged on the points that ran at both.
 * Playbook, "Deciding how long to train when training is compute-bound": "at each step we systematically make sure our
 * choices are still valid".
 *
 * @param trialSd standard deviation of runs that differ in their seed alone; undefined where it is not known
 */
export const transferOf = (input: {
  readonly round: number
  readonly from: number
  readonly to: number
  readonly pairs: ReadonlyArray<Pair>
  readonly lost: number
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly metric: Metric
  readonly trialSd: number | undefined
}): Transfer => {
  const { pairs, metric, trialSd, hyperparameters, ...rest } = input
  const agreement =
    rankAgreement(
      pairs.map(({ short }) => short),
      pairs.map(({ long }) => long),
    ) ?? null
  const compare = compareValues(metric)
  const bestShort = pairs.toSorted((one, other) => compare(one.short, other.short))[0]
  const bestLong = pairs.toSorted((one, other) => compare(one.long, other.long))[0]
  const ahead =
    bestShort === undefined || bestLong === undefined || pairs.length < 2
      ? null
      : Math.abs(bestShort.long - bestLong.long)
  const noise = trialSd === undefined ? null : NOISE * trialSd
  // Which of two points is best is only known where they differ by more than their seeds would make them.
  const told = ahead !== null && noise !== null && ahead > noise
  const searched = expectationsOf(hyperparameters).filter(({ name }) => varies(pairs, name))
  const made: Omit<Transfer, "text"> = {
    rule: TRANSFER_RULE,
    ...rest,
    pairs,
    agreement,
    verdict: verdictOf(agreement),
    ahead,
    noise,
    rechecks: searched.map((one) => {
      const [short, long] = [bestShort?.hyperparameters[one.name] ?? null, bestLong?.hyperparameters[one.name] ?? null]
      const alike = bestShort === bestLong || isNear(hyperparameters, one.name, short, long)
      return { ...one, short, long, moved: alike ? "no" : told ? "yes" : "cannot-tell" }
    }),
    metric,
  }
  return { ...made, text: transferText.en(made) }
}

const verdictOf = (agreement: RankAgreement | null): Transfer["verdict"] => {
  if (agreement === null) return "cannot-tell"
  if (agreement.low > 0) return "agrees"
  return agreement.high < 0 ? "disagrees" : "cannot-tell"
}

const varies = (pairs: ReadonlyArray<Pair>, name: string): boolean =>
  new Set(pairs.map(({ hyperparameters }) => hyperparameters[name])).size > 1

const isNear = (
  hyperparameters: ReadonlyArray<Hyperparameter>,
  name: string,
  one: Value | null,
  other: Value | null,
): boolean => {
  if (one === other || one === null || other === null) return one === other
  return hyperparameters.some((declared) => {
    if (declared.name !== name || !("low" in declared)) return false
    const [from, to] = [unitOf(declared, one), unitOf(declared, other)]
    return from !== null && to !== null && Math.abs(from - to) <= MOVED_SHARE
  })
}
