import type { Noise } from "@tanren/insight"
import { keysOf } from "@tanren/space"
import { type RankAgreement, rankAgreement, studentQuantile } from "@tanren/statistics"
import {
  compareValues,
  type Hyperparameter,
  type Hyperparameters,
  type Meaning,
  type Metric,
  meaningOf,
  type Value,
  withUnit,
} from "@tanren/terms"
import { CONFIDENCE } from "../adopting-a-change/evidence.ts"
import { transferText } from "./transfer.words.ts"

export const TRANSFER_RULE = "transfer@2"

/** With what the same fields were recorded before: until then no run went on from another. */
export const transferRules = ["transfer@1", TRANSFER_RULE] as const

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
  /** The longer run went on from the shorter one, and has its seeds. */
  readonly continued?: boolean
}

/** A hyperparameter with what the best point of each length has for it; null where no point gave a value. */
export interface Recheck extends Expectation {
  readonly short: Value | null
  readonly long: Value | null
}

export interface Transfer {
  readonly rule: (typeof transferRules)[number]
  readonly round: number
  readonly from: number
  readonly to: number
  readonly pairs: ReadonlyArray<Pair>
  /** Points that were to run at the longer length and gave no value there. */
  readonly lost: number
  /** Null with fewer than two pairs. */
  readonly agreement: RankAgreement | null
  readonly verdict: "agrees" | "cannot-tell" | "disagrees"
  /** Whether the best point is another one at the longer length. Which of its values made it so is not known. */
  readonly best: "stayed" | "moved" | "cannot-tell"
  /** Whether the same point has the best value at both lengths. */
  readonly same: boolean
  /**
   * By how much the best point is ahead at the longer length: of the shorter length's best, or, where that is itself, of
   * the second best. Null with fewer than two pairs.
   */
  readonly ahead: number | null
  /** What chance makes of that at most, at the level; null where no trial variance is known. */
  readonly noise: number | null
  /** Two-sided, of each of the comparisons that the best was picked from. */
  readonly level: number
  readonly rechecks: ReadonlyArray<Recheck>
  readonly metric: Metric
  readonly text: string
}

/**
 * What of a round's order, and of its best point, still holds at the next length, judged on the points that ran at both.
 * Playbook, "Deciding how long to train when training is compute-bound": "at each step we systematically make sure our
 * choices are still valid".
 *
 * The best of several points is ahead of the others by chance as well, and the baseline's few runs know the noise but
 * roughly: the threshold is that of Student's t with their degrees of freedom, at a level that allows for every point
 * that was compared (Bonferroni).
 *
 * Runs that share their seeds share their luck, and agree the more for it: where some went on from others, neither the
 * order nor the best point is said to have carried over. That it did not may still be said.
 *
 * @param noise of single runs that differ in their seed alone, at the baseline's length; undefined where it is not known
 */
export const transferOf = (input: {
  readonly round: number
  readonly from: number
  readonly to: number
  readonly pairs: ReadonlyArray<Pair>
  readonly lost: number
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly metric: Metric
  readonly noise: Noise | undefined
}): Transfer => {
  const { pairs, metric, noise: single, hyperparameters, ...rest } = input
  const agreement =
    rankAgreement(
      pairs.map(({ short }) => short),
      pairs.map(({ long }) => long),
    ) ?? null
  const compare = compareValues(metric)
  const bestShort = pairs.toSorted((one, other) => compare(one.short, other.short))[0]
  const byLong = pairs.toSorted((one, other) => compare(one.long, other.long))
  const same = bestShort !== undefined && bestShort.long === byLong[0]?.long
  const bestLong = same ? bestShort : byLong[0]
  const behind = same ? byLong.find((one) => one !== bestShort) : bestShort
  const ahead = bestLong === undefined || behind === undefined ? null : Math.abs(bestLong.long - behind.long)
  const level = 1 - (1 - CONFIDENCE) / Math.max(pairs.length - 1, 1)
  const noise = single === undefined || !(single.sd > 0) ? null : marginOf(single, level)
  const shares = sharing(pairs) > 0
  const told = ahead !== null && noise !== null && ahead > noise
  const searched = expectationsOf(hyperparameters).filter(({ name }) => varies(pairs, name))
  const made: Omit<Transfer, "text"> = {
    rule: TRANSFER_RULE,
    ...rest,
    pairs,
    agreement,
    verdict: verdictOf(agreement, shares),
    best: !told || (same && shares) ? "cannot-tell" : same ? "stayed" : "moved",
    same,
    ahead,
    noise,
    level,
    rechecks: searched.map((one) => ({
      ...one,
      short: bestShort?.hyperparameters[one.name] ?? null,
      long: bestLong?.hyperparameters[one.name] ?? null,
    })),
    metric: withUnit(
      metric,
      pairs.flatMap(({ short, long }) => [short, long]),
    ),
  }
  return { ...made, text: transferText.en(made) }
}

/** Of the difference of two single runs. */
const marginOf = ({ sd, degreesOfFreedom }: Noise, level: number): number =>
  studentQuantile(1 - (1 - level) / 2, degreesOfFreedom) * Math.SQRT2 * sd

/** How many of the longer runs went on from the shorter ones. */
export const sharing = (pairs: ReadonlyArray<Pair>): number =>
  pairs.filter(({ continued }) => continued === true).length

const verdictOf = (agreement: RankAgreement | null, shares: boolean): Transfer["verdict"] => {
  if (agreement === null) return "cannot-tell"
  if (agreement.low > 0) return shares ? "cannot-tell" : "agrees"
  return agreement.high < 0 ? "disagrees" : "cannot-tell"
}

const varies = (pairs: ReadonlyArray<Pair>, name: string): boolean =>
  new Set(pairs.map(({ hyperparameters }) => hyperparameters[name])).size > 1
