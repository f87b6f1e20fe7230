import {
  byName,
  either,
  type Fields,
  flag,
  group,
  holds,
  listOf,
  number,
  oneOf,
  optional,
  orNull,
  someOf,
  text,
  value,
} from "@tanren/terms/fields"
import { type Answer, answerRules, verdicts } from "./answer.ts"
import { CANDIDATES_RULE, candidateReasons, candidateVerdicts } from "./candidates.ts"
import { type LaunchDecision, launchRules } from "./launch.ts"
import { launchReasons } from "./launch.words.ts"
import { groupsAbout } from "./undecided.ts"

/*
 * What is told of an answer and of a launch. A record may be of another version, whose fields differ under the same name
 * of the rule: whatever does not hold these is quoted as it was recorded.
 */

const metric = group({ name: text })
const samplingError = orNull(group({ examples: number, sd: number }))
const apart = group({ examples: number, candidate: number, baseline: number, p: number })
const interval = { difference: number, low: number, high: number, level: number }

const valueSummary = group({
  label: text,
  mean: orNull(number),
  repeats: number,
  lostRepeats: number,
  completed: number,
  infeasible: number,
  failed: number,
  bestStudyValue: orNull(number),
  studyVariance: orNull(group({ k: number, of: number, sd: number })),
})

/** Candidates that were compared with each other, as the answers of several kinds of work keep them. */
export const candidatesAnswer = group({
  rule: oneOf(CANDIDATES_RULE),
  verdict: oneOf(...candidateVerdicts),
  because: orNull(oneOf(...candidateReasons)),
  candidates: listOf(
    group({ label: text, hyperparameters: byName(value), mean: orNull(number), repeats: number, lost: number }),
  ),
  comparisons: listOf(group({ ...interval, other: text })),
  samplingError,
  metric,
})

/** What findings left open, as an answer keeps it. */
export const openProblems = group({
  findings: listOf(group({ question: text, verdict: text, text })),
  unspent: orNull(group({ trials: number, because: text, why: text })),
})

const drawn = group({ k: number, of: number })
const again = group({
  level: number,
  common: flag,
  drawn: someOf(drawn),
  won: number,
  sd: number,
  chance: orNull(number),
  established: flag,
})
const comparison = group({ ...interval, best: text, other: text, again: optional(orNull(again)) })

const answerFields = {
  better: orNull(text),
  because: optional(orNull(group({ reason: text, values: listOf(text), places: optional(listOf(number)) }))),
  undecided: orNull(text),
  groups: listOf(valueSummary),
  comparisons: listOf(comparison),
  notBest: listOf(text),
  withinStudyVariance: optional(flag),
  trialVariance: orNull(group({ sd: number, df: number })),
  samplingError,
  closest: orNull(group({ best: text, other: text, difference: number })),
  repeatsNeeded: orNull(number),
  betterPoint: optional(orNull(text)),
  trialsNeeded: optional(orNull(group({ now: number, needed: orNull(number) }))),
  metric,
  open: optional(openProblems),
} satisfies Fields

/** What a version needs besides. */
const ofRule: { readonly [Rule in Answer["rule"]]: Fields } = {
  "answer@1": { withinStudyVariance: flag },
  "answer@2": { betterPoint: orNull(text), trialsNeeded: orNull(group({ now: number, needed: orNull(number) })) },
}

/** What a verdict needs besides. */
const ofVerdict: { readonly [Verdict in Answer["verdict"]]: Fields } = {
  better: { better: text, groups: someOf(valueSummary), comparisons: someOf(comparison) },
  "better-point": { betterPoint: text, groups: someOf(valueSummary), comparisons: someOf(comparison) },
  "no-difference-established": { groups: someOf(valueSummary), comparisons: someOf(comparison) },
  "best-found": { groups: someOf(valueSummary) },
  undecided: { undecided: text },
}

const aboutValues = oneOf("none-completed", "uneven-effort", "too-few-reruns", "lost-reruns")

/** A reason that speaks of values speaks of some that the answer has. */
const namesItsValues = ({ because, groups }: Answer): boolean =>
  because == null ||
  (groupsAbout(because, groups).length === because.values.length &&
    (because.values.length > 0 || !aboutValues.holds(because.reason)))

const verdict = oneOf(...verdicts)

export const isAnswer = (given: object): given is Answer =>
  holds({ rule: oneOf(...answerRules), verdict, ...answerFields }, given) &&
  holds(ofRule[(given as Answer).rule], given) &&
  holds(ofVerdict[(given as Answer).verdict], given) &&
  namesItsValues(given as Answer)

const side = group({
  hyperparameters: byName(value),
  training: optional(group({ maxTrainSteps: number })),
  mean: orNull(number),
  sd: optional(orNull(number)),
  repeats: listOf(number),
  lost: optional(number),
  blownUp: optional(listOf(number)),
})
const measuredOtherwise = listOf(group({ what: oneOf("code", "data", "backend"), candidate: text, baseline: text }))
const complexity = group({ leastGain: number, reason: text })
const suspicion = either(text, group({ where: text, metric: optional(text) }))

const launchFields = {
  candidate: side,
  baseline: side,
  infeasibleRepeats: number,
  pickedFrom: number,
  complexity: orNull(complexity),
  suspectedBug: optional(suspicion),
  comparison: orNull(group({ ...interval, resolutionUsed: flag })),
  lastTenth: optional(orNull(group(interval))),
  samplingError,
  samplingOfDifference: optional(orNull(group({ examples: number, sd: number, low: number, apart: optional(apart) }))),
  unstable: optional(flag),
  measuredOtherwise: optional(measuredOtherwise),
  repeatsNeeded: orNull(number),
  metric,
} satisfies Fields

/** What a reason needs besides. */
const ofReason: { readonly [Because in LaunchDecision["because"]]?: Fields } = {
  "gain-below-complexity": { complexity },
  "suspected-bug": { suspectedBug: suspicion },
  "measured-otherwise": { measuredOtherwise },
}

const because = oneOf(...(Object.keys(launchReasons) as ReadonlyArray<LaunchDecision["because"]>))

export const isLaunch = (given: object): given is LaunchDecision =>
  holds({ rule: oneOf(...launchRules), because, ...launchFields }, given) &&
  holds(ofReason[(given as LaunchDecision).because] ?? {}, given)
