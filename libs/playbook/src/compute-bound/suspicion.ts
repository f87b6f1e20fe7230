import { ask, type InsightInput, type Noise, readStudy } from "@tanren/insight"
import { type Finding, type Hyperparameter, isComparable, type Metric, type Suspicion, type Trial } from "@tanren/terms"
import { LEAST_REPEATS } from "../adopting-a-change/evidence.ts"
import { seedsIgnored } from "../initial-configuration/seeds-ignored.ts"
import { suspicionsText } from "./suspicion.words.ts"

export const SUSPICION_RULE = "suspicion-at-length@1"

/** The checklist's own measure of an infeasible share: a fifth is the price of a wide space. */
const TOLERATED = 0.2

/** The checklist's own measure of a metric that never moves: fewer evaluations at one value may be a coincidence. */
const LEAST_EVALUATIONS = 5

/** What a suspicion of short runs comes to on the long ones. All but the first keep a gain from being launched. */
export const suspicionReasons = [
  "not-shown",
  "same-length",
  "inherited",
  "too-few-reruns",
  "reruns-end-badly",
  "long-runs-end-badly",
  "equal-curves",
  "shown-again",
  "cannot-tell",
] as const

export interface JudgedSuspicion {
  readonly suspicion: Suspicion
  readonly because: (typeof suspicionReasons)[number]
}

/** Whether what the search gave reason to suspect shows in runs of the length that would be launched. */
export interface SuspicionAtLength {
  readonly rule: typeof SUSPICION_RULE
  /** Steps of the search's runs, and of what would be launched. */
  readonly from: number
  readonly to: number
  /** Runs of what would be launched and of what stands, with fresh seeds, and how many ended badly. */
  readonly reruns: number
  readonly badReruns: number
  /** All runs of that length, those among them. */
  readonly runs: number
  readonly badRuns: number
  readonly judged: ReadonlyArray<JudgedSuspicion>
  /** The first that keeps a gain from being launched; null where none does. */
  readonly stands: Suspicion | null
  readonly text: string
}

export interface SuspicionInput {
  /** What the search's findings left open. */
  readonly findings: ReadonlyArray<Finding>
  readonly from: number
  readonly to: number
  readonly metric: Metric
  /** As the search had them. */
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly schedule: InsightInput["schedule"]
  readonly noise: Noise | undefined
  /** With their curves: the re-runs of what would be launched, and of what stands, at full length. */
  readonly reruns: ReadonlyArray<ReadonlyArray<Trial>>
  /** Likewise all other runs of that length. */
  readonly others: ReadonlyArray<Trial>
}

/**
 * A bug that short runs gave reason to suspect, judged on the long ones. Round 1 trades "the thoroughness of tuning" for
 * its relation to the final runs (playbook, "Deciding how long to train when training is compute-bound"): its runs are
 * short and incomplete, and what looks wrong in them need not be wrong in what is launched. A suspicion falls where the
 * long runs could have shown it and do not; what any run of the program would have, whatever its length, stays.
 *
 * @returns null where nothing is suspected
 */
export const suspicionAtLength = (input: SuspicionInput): SuspicionAtLength | null => {
  const suspicions = suspicionsIn(input.findings)
  if (suspicions.length === 0) return null
  const { reruns, others, from, to } = input
  const isBad = badly(input)
  const again = reruns.flat()
  const runs = [...again, ...others]
  const seen = { badReruns: again.filter(isBad).length, runs: runs.length, badRuns: runs.filter(isBad).length }
  const { metric, hyperparameters, schedule, noise } = input
  const study = readStudy({ trials: runs, metric, hyperparameters, schedule, noise, maxTrainSteps: to })
  const found = [...ask("training-loss-rising", study), ...ask("periodic-metric", study)]
  const judged = suspicions.map(
    (suspicion): JudgedSuspicion => ({ suspicion, because: judge(suspicion, input, seen, found) }),
  )
  const made = {
    rule: SUSPICION_RULE,
    from,
    to,
    reruns: again.length,
    ...seen,
    judged,
    stands: judged.find(({ because }) => because !== "not-shown")?.suspicion ?? null,
  } as const
  return { ...made, text: suspicionsText.en(made) }
}

/** Each place once: several findings may suspect the same. */
const suspicionsIn = (findings: ReadonlyArray<Finding>): ReadonlyArray<Suspicion> => {
  const all = findings
    .flatMap(({ action }) => (action?.type === "several" ? action.actions : action === undefined ? [] : [action]))
    .flatMap((action) => (action.type === "suspect-bug" ? [action] : []))
  return [...new Map(all.map((one) => [`${one.where} ${one.metric ?? ""}`, one])).values()]
}

/** A run without a value, no better than guessing, or as bad as those of the search that were called infeasible. */
const badly = ({ findings, metric }: SuspicionInput) => {
  const worst = findings.flatMap(({ evidence: { trulyBadAbove } }) =>
    typeof trulyBadAbove === "number" ? [trulyBadAbove] : [],
  )
  const isWorse = (value: number, than: number) => (metric.goal === "minimize" ? value > than : value < than)
  return (trial: Trial): boolean =>
    !isComparable(trial) ||
    worst.some((than) => isWorse(trial.value, than)) ||
    (metric.chance !== undefined && !isWorse(metric.chance, trial.value))
}

/**
 * Of runs that fail wherever they lie, longer runs tell by how they end, and of curves by theirs. (Which share of the
 * space fails is not asked of them: they are no search of it.) Of all else they are no evidence.
 */
const shownByLength = new Set<string>([
  "training-program",
  "rising-loss",
  "evaluation",
  "training-pipeline",
] satisfies ReadonlyArray<Suspicion["where"]>)

const judge = (
  suspicion: Suspicion,
  { from, to, metric, reruns }: SuspicionInput,
  { badReruns, runs, badRuns }: Pick<SuspicionAtLength, "badReruns" | "runs" | "badRuns">,
  found: ReadonlyArray<Finding>,
): JudgedSuspicion["because"] => {
  if (to <= from) return "same-length"
  if (!shownByLength.has(suspicion.where)) return "inherited"
  if (reruns.length === 0 || reruns.some((one) => one.length < LEAST_REPEATS)) return "too-few-reruns"
  if (badReruns > 0) return "reruns-end-badly"
  if (badRuns > TOLERATED * runs) return "long-runs-end-badly"
  // Runs that are no different with another seed would show nothing, however many they are.
  if (reruns.some((one) => seedsIgnored(one, metric.name) !== false)) return "equal-curves"
  if (suspicionsIn(found.filter(({ verdict }) => verdict === "problem")).length > 0) return "shown-again"
  switch (suspicion.where) {
    case "rising-loss":
      return ofRising(found)
    case "evaluation":
    case "training-pipeline":
      return ofStill(found, reruns.flat(), suspicion.metric ?? metric.name)
    default:
      return "not-shown"
  }
}

/** Asked of the long runs, the same question has to have an answer: silence is none. */
const ofRising = (found: ReadonlyArray<Finding>): JudgedSuspicion["because"] => {
  const rising = found.find(({ question, subject }) => question === "training-loss-rising" && subject === undefined)
  if (rising === undefined || rising.verdict === "too-few-data") return "cannot-tell"
  return rising.verdict === "fine" ? "not-shown" : "shown-again"
}

const ofStill = (
  found: ReadonlyArray<Finding>,
  runs: ReadonlyArray<Trial>,
  metric: string,
): JudgedSuspicion["because"] => {
  if (found.some(({ question, subject }) => question === "training-loss-rising" && subject === metric))
    return "shown-again"
  const curves = runs.filter(isComparable).map(({ measurements = [] }) => measurements.flatMap(finiteOf(metric)))
  if (curves.some((values) => values.length < LEAST_EVALUATIONS)) return "cannot-tell"
  return curves.every(moves) ? "not-shown" : "shown-again"
}

const finiteOf =
  (metric: string) =>
  ({ metrics }: NonNullable<Trial["measurements"]>[number]): ReadonlyArray<number> => {
    const value = metrics[metric]
    return value === undefined || !Number.isFinite(value) ? [] : [value]
  }

/** Single precision, averaged over batches, rounds by as much: the checklist's own measure. */
const ROUNDING = 1e-6

const moves = (values: ReadonlyArray<number>): boolean => {
  const largest = Math.max(...values.map(Math.abs))
  return Math.max(...values) - Math.min(...values) > ROUNDING * largest
}
