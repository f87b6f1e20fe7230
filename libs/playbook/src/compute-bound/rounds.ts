import type { Training } from "@tanren/terms"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, RoundsWork } from "../campaign/campaign.ts"
import { type Extension, extended, extensionOf } from "./schedule-extension.ts"

export const ROUNDS_RULE = "rounds@1"

/** One round: so many trials of one length. */
export interface RoundPlan {
  /** 1, 2, … */
  readonly round: number
  readonly training: Training
  /** In rounds after the first: what stands, and the best points of the round before. */
  readonly trials: number
}

/** All rounds of a piece of work, and what they cost. Fixed when its first round is. */
export interface RoundsLayout {
  readonly rounds: ReadonlyArray<RoundPlan>
  /** At full length, with fresh seeds: what stands, and the most promising points. */
  readonly reruns: { readonly candidates: number; readonly repeats: number }
  /** Training steps in all, re-runs included. */
  readonly steps: number
}

/**
 * Lengths grow by the same factor from round to round: the playbook's exponential growth. Where the full length is no
 * more than what stands trains already, one round is left.
 */
const lengthsOf = ({ rounds, maxTrainSteps }: RoundsWork, from: number): ReadonlyArray<number> => {
  if (typeof rounds !== "number") return rounds.map((one) => one.maxTrainSteps)
  if (rounds === 1 || maxTrainSteps <= from) return [maxTrainSteps]
  return Array.from({ length: rounds }, (_, at) => Math.round(from * (maxTrainSteps / from) ** (at / (rounds - 1))))
}

/**
 * How the work's trials are divided over its rounds. Later rounds and re-runs have the numbers that the file gives
 * (the playbook's "very few long runs"). Round 1 has the trials that the file gives it, or all that they leave of the
 * steps: "as many experiments as possible" belong to the short runs.
 */
export const layOutRounds = (work: RoundsWork, stands: Pick<WhatStands, "training">): RoundsLayout => {
  const lengths = lengthsOf(work, stands.training.maxTrainSteps)
  const later = lengths.slice(1).map((length, at) => ({ length, trials: laterTrials(work, at + 1) }))
  const reruns = { candidates: work.top + 1, repeats: work.repeats }
  const committed =
    later.reduce((sum, { length, trials }) => sum + length * trials, 0) +
    reruns.candidates * reruns.repeats * work.maxTrainSteps
  const [first = work.maxTrainSteps] = lengths
  const searched = firstTrials(work, first, committed)
  const rounds: Array<RoundPlan> = [{ round: 1, training: firstTraining(work, stands, first), trials: searched }]
  for (const { length, trials } of later) {
    const before = rounds.at(-1)?.training ?? stands.training
    rounds.push({ round: rounds.length + 1, training: extended(before, length), trials })
  }
  return { rounds, reruns, steps: committed + searched * first }
}

/** Our reading of the playbook's "very few long runs". */
const BEST = 5

const laterTrials = ({ rounds, best, trials = 0 }: RoundsWork, at: number): number => {
  if (typeof rounds !== "number") return rounds[at]?.trials ?? 0
  return (best ?? (trials > 0 ? Math.min(BEST, trials) : BEST)) + 1
}

const firstTrials = ({ rounds, trials, steps }: RoundsWork, length: number, committed: number): number => {
  if (typeof rounds !== "number") return rounds[0]?.trials ?? 0
  return trials ?? Math.max(0, Math.floor(((steps ?? 0) - committed) / length))
}

/** As what stands is trained, where the work says nothing else. */
const firstTraining = (work: RoundsWork, { training }: Pick<WhatStands, "training">, length: number): Training => {
  const { schedule, warmupSteps, clipNorm } = work
  return {
    ...extended(training, length),
    ...(schedule === undefined ? {} : { schedule }),
    ...(warmupSteps === undefined ? {} : { warmupSteps }),
    ...(clipNorm === undefined ? {} : { clipNorm }),
  }
}

/** How the schedule of what stands goes into a longer first round; null where that is no longer, or has its own. */
export const firstExtension = (
  spec: Pick<CampaignSpec, "schedule">,
  { schedule }: RoundsWork,
  { training }: Pick<WhatStands, "training">,
  { rounds }: Pick<RoundsLayout, "rounds">,
): Extension | null => {
  const to = rounds[0]?.training.maxTrainSteps ?? 0
  return schedule !== undefined || to <= training.maxTrainSteps ? null : extensionOf(training, to, spec)
}

/** Whether what stands came to train as long as the full length already, so that several rounds became one. */
export const nothingToGrowTo = ({ rounds }: RoundsWork, layout: Pick<RoundsLayout, "rounds">): boolean =>
  typeof rounds === "number" && rounds > 1 && layout.rounds.length === 1

/** Whether round 1 is a search of its own, or what earlier goals explored. */
export const searches = ({ rounds }: Pick<RoundsLayout, "rounds">): boolean => (rounds[0]?.trials ?? 0) > 0
