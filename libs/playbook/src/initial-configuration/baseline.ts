import { mean, sd } from "@tanren/statistics"
import type { Metric, Trial } from "@tanren/terms"
import { blowUps } from "../adopting-a-change/blow-ups.ts"
import { LEAST_REPEATS } from "../adopting-a-change/evidence.ts"
import { type TrialVariance, trialVarianceOf } from "../adopting-a-change/variances.ts"
import {
  baselineText,
  blownUpWarning,
  fewWarning,
  lostWarning,
  otherStepsText,
  seedsIgnoredWarning,
  seedsUndeclaredWarning,
} from "./baseline.words.ts"
import { seedsIgnored } from "./seeds-ignored.ts"

/** Our judgement: a last batch may pass the length, twice the length is another unit. */
const OTHER_UNIT = 2

const BASELINE_RULE = "baseline@3"

export interface BaselineJudgement {
  readonly rule: `baseline@${number}`
  /**
   * Whether a campaign can rest on it: at least one run completed, none worse than chance where chance is known, and
   * steps counted as `maxTrainSteps` counts them.
   */
  readonly proven: boolean
  readonly because: "sound" | "no-run-completed" | "counts-other-steps" | "not-better-than-chance"
  readonly completed: number
  readonly lost: number
  /** Values of completed runs that ended far worse than the others: no part of mean, spread and noise. */
  readonly blownUp?: ReadonlyArray<number>
  readonly mean: number | null
  readonly sd: number | null
  readonly trialVariance: TrialVariance | null
  /** Null where chance is not known or nothing completed. */
  readonly betterThanChance: boolean | null
  /** Null where fewer than two runs can be compared. Nothing is launched while this is true. */
  readonly seedsIgnored: boolean | null
  /** The program declares no seeds and is passed none: no best point is run again, unless the goal says so. */
  readonly seedsUndeclared: boolean
  /** Mean over completed runs; null where times are not known. */
  readonly secondsPerStep: number | null
  readonly warnings: ReadonlyArray<string>
  readonly text: string
}

/**
 * Playbook, "Choosing the initial configuration": the baseline's runs prove the program, show that it is much better
 * than chance, price a step, and give trial variance.
 *
 * @param trials the baseline's runs, seeds and curves included
 * @param chance what guessing would score on the metric, where it is known
 * @param seedsUndeclared whether the program neither declares that it honours seeds nor is handed one
 * @param seconds wall time of each completed run by trial id, where it is known
 */
export function judgeBaseline(input: {
  readonly metric: Metric
  readonly trials: ReadonlyArray<Trial>
  readonly maxTrainSteps: number
  readonly chance?: number
  readonly seedsUndeclared?: boolean
  readonly seconds?: Readonly<Record<string, number>>
}): BaselineJudgement {
  const { metric, trials, chance, seedsUndeclared = false } = input
  const completed = trials.filter(({ status, value }) => status === "completed" && value !== undefined)
  const all = completed.flatMap(({ value }) => (value === undefined ? [] : [value]))
  const blown = blowUps(all, metric)
  const values = all.filter((_, at) => blown[at] !== true)
  const blownUp = all.filter((_, at) => blown[at] === true)
  const lost = trials.length - completed.length
  const average = values.length === 0 ? null : mean(values)
  const betterThanChance =
    chance === undefined || values.length === 0
      ? null
      : values.every((value) => (metric.goal === "minimize" ? value < chance : value > chance))
  const ignored = seedsIgnored(trials, metric.name) ?? null
  const last = Math.max(0, ...completed.map(({ measurements }) => measurements?.at(-1)?.step ?? 0))
  const because =
    values.length === 0
      ? "no-run-completed"
      : last >= OTHER_UNIT * input.maxTrainSteps
        ? "counts-other-steps"
        : betterThanChance === false
          ? "not-better-than-chance"
          : "sound"
  const judged = {
    rule: BASELINE_RULE,
    proven: because === "sound",
    because,
    completed: completed.length,
    lost,
    ...(blownUp.length === 0 ? {} : { blownUp }),
    mean: average,
    sd: values.length < 2 ? null : sd(values),
    trialVariance: trialVarianceOf([values]),
    betterThanChance,
    seedsIgnored: ignored,
    seedsUndeclared,
    secondsPerStep: pricePerStep(completed, input.seconds, input.maxTrainSteps),
    warnings: [
      ...warningsOf(trials, lost, ignored, seedsUndeclared, values.length),
      ...(blownUp.length === 0 ? [] : [blownUpWarning(blownUp, metric)]),
    ],
  } as const
  const text =
    because === "counts-other-steps" ? otherStepsText(last, input.maxTrainSteps) : baselineText(judged, metric, trials)
  return { ...judged, text }
}

function pricePerStep(
  completed: ReadonlyArray<Trial>,
  seconds: Readonly<Record<string, number>> | undefined,
  maxTrainSteps: number,
): number | null {
  const prices = completed.flatMap(({ id }) => {
    const took = seconds?.[id]
    return took === undefined ? [] : [took / maxTrainSteps]
  })
  return prices.length === 0 ? null : mean(prices)
}

function warningsOf(
  trials: ReadonlyArray<Trial>,
  lost: number,
  ignored: boolean | null,
  undeclared: boolean,
  completed: number,
): ReadonlyArray<string> {
  return [
    ...(ignored === true ? [seedsIgnoredWarning] : []),
    ...(undeclared ? [seedsUndeclaredWarning] : []),
    ...(lost > 0 && completed > 0 ? [lostWarning(lost, trials)] : []),
    ...(completed > 0 && completed < LEAST_REPEATS ? [fewWarning(completed)] : []),
  ]
}
