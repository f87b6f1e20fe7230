import {
  bestOfChances,
  bestsApart,
  bestsTogether,
  median,
  normalQuantile,
  swapChance,
  type Visit,
  variance,
} from "@tanren/statistics"
import type { Metric } from "@tanren/terms"
import type { Comparison } from "./comparison.ts"

/** A trial of a scientific value that completed or diverged: both are tuning effort. */
export interface DrawnTrial {
  /** Number of its point in what the goal's studies have in common; null where they share nothing. */
  readonly point: number | null
  /** The metric; null where it diverged. */
  readonly value: number | null
}

/** A scientific value: the trials of its search, and the re-runs of the best of them. */
export interface Searched {
  readonly trials: ReadonlyArray<DrawnTrial>
  readonly repeats: ReadonlyArray<number>
}

/** Whether a value would be ahead as well had both been searched again: what its point cannot say for it. */
export interface SearchedAgain {
  readonly level: number
  /** The trials were drawn at points that both values tried. */
  readonly common: boolean
  /** Trials drawn of those that there are: half. */
  readonly drawn: readonly [Drawn, Drawn]
  /** Shares of the draws in which the best of the one, or of the other, is ahead. */
  readonly won: number
  readonly lost: number
  /** Study variance of the difference: its standard deviation over the draws, less what single trials' noise makes. */
  readonly sd: number
  /** What is left of the difference of the re-runs when their error and study variance are taken off, in quadrature. */
  readonly left: number
  /** That equal values would show such a lead at common points; null where points are not shared. */
  readonly chance: number | null
  readonly established: boolean
  /** Trials of each that would be enough if it goes on like this; null where established, or where nobody can tell. */
  readonly trialsNeeded: number | null
}

interface Drawn {
  readonly k: number
  readonly of: number
}

/** Points are common where at least this share of the trials of either value has a partner at the same point. */
const PAIRED = 0.75

/** Share of draws that has to be won where points are not shared, at the usual level. */
const WON = 0.9

/** A pair's lead counts as three times the median one at most, so that one lucky run decides nothing. */
const MOST_LEAD = 3

/** Of a value's completed trials, those worse than this share count as that: a loss of 1e6 is bad luck, not variance. */
const WORST = 0.75

/**
 * Playbook, "Determining whether to adopt a training pipeline change or hyperparameter configuration": study variance,
 * what results owe to which points a search happened to try. The re-runs of two best points tell which point is better.
 * That the *value* is better takes two things more, of which either alone is too little (docs/judgement.md):
 *
 * - The difference of the re-runs stands above their error and study variance together: how far the best of half the
 *   trials of one is ahead of the best of half of the other's, from draw to draw. At common points both have the same
 *   points drawn, so that what a draw makes both of them lose cancels.
 * - The lead is there in the trials as well. At common points, by a randomisation test: trial i of one against trial i of
 *   the other, each pair weighted with the chance that its point is the best of √n drawn. (Half of them would weigh the
 *   best few pairs alone, and that four in a row are of one sign happens by chance once in eight times.) Elsewhere the
 *   best of half must win nine of ten draws.
 *
 * Both are asked one-sidedly: which value is ahead the re-runs have said.
 *
 * Draws are without replacement, and exact. A diverged trial is drawn too, and loses.
 *
 * @param pointwise the comparison of the re-runs, at the level asked for; positive where the one is ahead
 */
export function searchedAgain(
  one: Searched,
  other: Searched,
  goal: Metric["goal"],
  pointwise: Pick<Comparison, "difference" | "low" | "high" | "level">,
): SearchedAgain | null {
  const costOf = ({ value }: DrawnTrial): number => (value === null ? LOSES : goal === "minimize" ? value : -value)
  const pairs = pairsOf(one.trials, other.trials)
  const sides = (pairs ?? [one.trials, other.trials]).map((trials) => trials.map(costOf)) as unknown as Sides
  if (sides.some((costs) => costs.length < 2 || costs.every((cost) => cost === LOSES))) return null
  const { difference, level } = pointwise
  const noise = [one.repeats, other.repeats].map((repeats) => (repeats.length < 2 ? 0 : variance(repeats)))
  const drawsOf = (share: number) => drawsAmong(sides, pairs !== null, share, noise)
  const half = drawsOf(1 / 2)
  const z = normalQuantile(level)
  const margin = (pointwise.high - pointwise.low) / 2
  const left = difference - Math.hypot(margin, z * half.sd)
  const chance = pairs === null ? null : leadChance(sides)
  const isClear = left > 0
  const isThere = chance === null ? half.won >= neededShare(level) : chance <= 1 - level
  const established = isClear && isThere
  const of = Math.min(...sides.map((costs) => costs.length))
  const more = (): number | null => {
    const spread = isClear
      ? 1
      : moreForSpread(half.sd, drawsOf(1 / 4).sd, Math.sqrt(Math.max(difference ** 2 - margin ** 2, 0)) / z)
    const lead = isThere ? 1 : chance === null ? moreForShare(half.won, neededShare(level)) : moreForLead(chance, z)
    const times = SURELY * Math.max(spread, lead, LEAST_TIMES)
    return times <= MOST_TIMES ? Math.ceil(of * times) : null
  }
  return {
    level,
    common: pairs !== null,
    drawn: half.drawn,
    won: half.won,
    lost: half.lost,
    sd: half.sd,
    left,
    chance,
    established,
    trialsNeeded: established || !(pointwise.low > 0) ? null : more(),
  }
}

/** A diverged trial is worse than any that completed. */
const LOSES = Number.POSITIVE_INFINITY

type Sides = readonly [ReadonlyArray<number>, ReadonlyArray<number>]

/** At a level of 95 % nine of ten draws; more where more is asked. */
const neededShare = (level: number): number => 1 - (1 - WON) * ((1 - level) / 0.05)

/** Both values' trials at the points that both tried, in the same order; null where those are too few of either. */
function pairsOf(
  one: ReadonlyArray<DrawnTrial>,
  other: ReadonlyArray<DrawnTrial>,
): readonly [ReadonlyArray<DrawnTrial>, ReadonlyArray<DrawnTrial>] | null {
  const there = new Map(other.map((trial) => [trial.point, trial]))
  const found = one.flatMap((trial) => {
    const partner = trial.point === null ? undefined : there.get(trial.point)
    return partner === undefined ? [] : [[trial, partner] as const]
  })
  if (found.length < 2 || found.length < PAIRED * Math.max(one.length, other.length)) return null
  return [found.map(([trial]) => trial), found.map(([, partner]) => partner)]
}

interface Draws {
  readonly drawn: readonly [Drawn, Drawn]
  readonly won: number
  readonly lost: number
  readonly sd: number
}

/** @param noise variances of single trials: what they make of the spread is not the study's */
function drawsAmong(sides: Sides, together: boolean, share: number, noise: ReadonlyArray<number>): Draws {
  const [one, other] = sides
  const capped = cappedOf(sides)
  const drawn = sides.map(({ length }) => ({ k: Math.max(1, Math.floor(length * share)), of: length }))
  const [{ k: first }, { k: second }] = drawn as [Drawn, Drawn]
  const weights = sides.map(({ length }) => new Float64Array(length))
  let [won, lost, sum, squares] = [0, 0, 0, 0]
  const visit: Visit = (i, j, chance) => {
    if (one[i]! < other[j]!) won += chance
    else if (other[j]! < one[i]!) lost += chance
    const ahead = capped[1]![j]! - capped[0]![i]!
    sum += chance * ahead
    squares += chance * ahead * ahead
    weights[0]![i]! += chance
    weights[1]![j]! += chance
  }
  if (together) bestsTogether(one, other, first, visit)
  else bestsApart(one, other, [first, second], visit)
  const byNoise = weights.reduce((all, of, at) => all + noise[at]! * (1 - of.reduce((sum, p) => sum + p * p, 0)), 0)
  return {
    drawn: drawn as unknown as Draws["drawn"],
    won,
    lost,
    sd: Math.sqrt(Math.max(squares - sum * sum - byNoise, 0)),
  }
}

/** Costs as numbers: of the worst quarter no worse than its best, and of a diverged trial as the worse of both values'. */
function cappedOf(sides: Sides): readonly [ReadonlyArray<number>, ReadonlyArray<number>] {
  const worst = sides.map((costs) => {
    const completed = costs.filter((cost) => cost !== LOSES).sort((a, b) => a - b)
    return completed[Math.min(completed.length - 1, Math.floor(WORST * completed.length))]!
  })
  const losing = Math.max(...worst)
  return sides.map((costs, at) =>
    costs.map((cost) => (cost === LOSES ? losing : Math.min(cost, worst[at]!))),
  ) as unknown as Sides
}

/** That values which are equal at each point would show this lead of the one. */
function leadChance([one, other]: Sides): number {
  const leads = one
    .map((cost, at) => [Math.min(cost, other[at]!), cost === other[at]! ? 0 : other[at]! - cost] as const)
    .sort(([a], [b]) => (a === b ? 0 : a - b))
    .map(([, lead]) => lead)
  const sizes = leads.map(Math.abs).filter((size) => size > 0 && size !== LOSES)
  // Where every pair has a diverged trial, each lead counts the same.
  const most = sizes.length === 0 ? 1 : MOST_LEAD * median(sizes)
  const weights = bestOfChances(leads.length, Math.max(1, Math.round(Math.sqrt(leads.length))))
  return swapChance(leads.map((lead, at) => Math.sign(lead) * Math.min(Math.abs(lead), most) * weights[at]!))
}

/** How many times the trials are said at most; beyond, nobody can tell. */
const MOST_TIMES = 20
const LEAST_TIMES = 1.25
/**
 * The trials by which a lead is expected to be enough are too few in half of the searches, and more often where luck made it
 * look large. Of twice as many docs/judgement.md says how often they do.
 */
const SURELY = 2

/** The spread falls with the trials as it fell from a quarter of them to half. */
function moreForSpread(ofHalf: number, ofQuarter: number, wanted: number): number {
  const power = Math.min(2, Math.log2(ofQuarter / ofHalf))
  return power > 0.1 && wanted > 0 ? (ofHalf / wanted) ** (1 / power) : Number.POSITIVE_INFINITY
}

/** With r leading trials a share 1 − 2⁻ʳ is won, and r grows with the trials. */
const moreForShare = (won: number, needed: number): number =>
  won > 0.5 ? Math.log2(1 - needed) / Math.log2(1 - won) : Number.POSITIVE_INFINITY

/** Of n pairs about √n count, so that the lead in its standard errors grows with the fourth root. */
function moreForLead(chance: number, wanted: number): number {
  const z = chance < 0.5 ? normalQuantile(1 - chance) : 0
  return z > 0 ? (wanted / z) ** 4 : Number.POSITIVE_INFINITY
}
