import type { StudyDesign } from "@tanren/search"
import {
  contains,
  hasValue,
  isConstant,
  isRanged,
  keysOf,
  restrict,
  restrictValues,
  toUnit,
  valueAt,
} from "@tanren/space"
import { type Hyperparameter, type Hyperparameters, type Metric, ranked, type Trial, type Value } from "@tanren/terms"
import { exploredSpace } from "../creating-studies/explored-space.ts"
import type { GoalDesign } from "../creating-studies/studies.ts"
import { refinedSpaceText } from "./refined-space.words.ts"

export const REFINED_SPACE_RULE = "refined-space@1"

/** Our reading of "the local region around the best": so large a share of the trials, best first. */
const BEST_SHARE = 1 / 5

/** Fewer trials than this say little of a region's extent. */
const LEAST_BEST = 5

/** Our reading: the best five have to be chosen from at least as many others. */
const LEAST_TRIALS = 2 * LEAST_BEST

/**
 * Our reading of "comfortably": m even draws from an interval leave span / (m − 1) of it uncovered at each end on
 * average, and twice that is added.
 */
const MARGIN = 2

/**
 * Our reading: no range becomes narrower than this share of what was explored. Where a hyperparameter has no effect at
 * all, five points fall into a narrower span by chance once in 64 times (5 · 0.25⁴ − 4 · 0.25⁵), so a narrower one
 * says more of luck than of the region.
 */
const LEAST_WIDTH = 1 / 4

/** One range that was refined; ends in the hyperparameter's own values. */
export interface RefinedRange {
  /** Its key. */
  readonly hyperparameter: string
  readonly explored: readonly [number, number]
  /** From the lowest to the highest value of the best trials and of what stands. */
  readonly span: readonly [number, number]
  readonly refined: readonly [number, number]
  /** How many trials those were, and of how many. */
  readonly best: number
  readonly of: number
}

/** A value that a goal's answer established as not the best. */
export interface WorseValue {
  readonly name: string
  readonly value: Value
  /** Place of that goal on the agenda. */
  readonly goal: number
}

export interface RefinedSpace {
  readonly rule: typeof REFINED_SPACE_RULE
  /** Roles, caveats, and the one study over the refined space. */
  readonly design: GoalDesign
  readonly ranges: ReadonlyArray<RefinedRange>
  /** Keys of ranges that stayed as they were explored: too few trials had them. */
  readonly unrefined: ReadonlyArray<string>
  readonly dropped: ReadonlyArray<WorseValue>
  /** Completed trials that lay in the space and were trained alike. */
  readonly trials: number
  readonly text: string
}

/**
 * The space of the last search: comfortably around the best trials, from what exploration left. Playbook, "After
 * exploration concludes". It never reaches beyond what was declared or explored, so natural limits stay limits.
 *
 * @param design of the search over the declared space
 * @param explored designs of the campaign's studies so far
 * @param trials of the campaign's searches that were trained as this one's will be
 * @param stands is always inside
 */
export const refineSpace = ({
  design,
  explored,
  trials,
  stands,
  worse,
  metric,
}: {
  readonly design: GoalDesign
  readonly explored: ReadonlyArray<Pick<StudyDesign, "searched">>
  readonly trials: ReadonlyArray<Trial>
  readonly stands: Hyperparameters
  readonly worse: ReadonlyArray<WorseValue>
  readonly metric: Metric
}): RefinedSpace => {
  const [study] = design.studies
  if (study === undefined) throw new RangeError("a final search has one study")
  const wide = exploredSpace(study.searched, explored)
  const inside = ranked(metric, trials).filter((trial) => isInside({ ...study, searched: wide }, trial))
  const best = inside.slice(0, bestOf(inside.length))
  const dropped =
    inside.length < LEAST_TRIALS ? [] : droppable(wide, worse, [stands, ...best.map((one) => one.hyperparameters)])
  const keys = keysOf(wide)
  const ranges: Array<RefinedRange> = []
  const unrefined: Array<string> = []
  const units = inside.map(({ hyperparameters }) => toUnit(wide, hyperparameters))
  const standing = toUnit(wide, stands)
  const searched = wide.map((one, index) => {
    if (isConstant(one)) return one
    if (!isRanged(one)) return withoutValues(one, dropped)
    const key = keys[index] ?? one.name
    const active = units.flatMap((unit) => unit[index] ?? [])
    const found = regionOf(active, standing[index] ?? null)
    if (found === null) {
      unrefined.push(key)
      return one
    }
    const at = (coordinate: number): number => Number(valueAt(one, coordinate))
    const made = restrict(one, { low: at(found.low), high: at(found.high) })
    // Refused where the best lie everywhere.
    const now = made.ok && isRanged(made.hyperparameter) ? made.hyperparameter : one
    ranges.push({
      hyperparameter: key,
      explored: [one.low, one.high],
      span: [at(found.span[0]), at(found.span[1])],
      refined: [now.low, now.high],
      best: found.best,
      of: active.length,
    })
    return now
  })
  const refined: StudyDesign = { ...study, searched: possible(searched) }
  const decided = {
    rule: REFINED_SPACE_RULE,
    design: { ...design, studies: [refined] },
    ...{ ranges, unrefined, dropped, trials: inside.length },
  } as const
  return { ...decided, text: refinedSpaceText.en(decided) }
}

/** Whether a trial could have been one of this study's. */
export const isInside = (
  { searched, held }: Pick<StudyDesign, "searched" | "held">,
  { hyperparameters }: Pick<Trial, "hyperparameters">,
): boolean => {
  const still = Object.entries(held).map(
    ([name, value]): Hyperparameter => ({ name, type: "categorical", values: [value] }),
  )
  return contains([...searched, ...still], hyperparameters).ok
}

const bestOf = (trials: number): number => Math.max(LEAST_BEST, Math.ceil(trials * BEST_SHARE))

/** @param coordinates of the trials that have the hyperparameter, best first */
const regionOf = (coordinates: ReadonlyArray<number>, standing: number | null) => {
  if (coordinates.length < LEAST_TRIALS) return null
  const best = bestOf(coordinates.length)
  const ends = [...coordinates.slice(0, best), ...(standing === null ? [] : [standing])].map(inUnit)
  const span = [Math.min(...ends), Math.max(...ends)] as const
  const width = span[1] - span[0]
  const half = Math.max(width / 2 + (MARGIN * width) / (best - 1), LEAST_WIDTH / 2)
  const middle = (span[0] + span[1]) / 2
  // At an end of what was explored the rest of the least width goes to the other side.
  const low = Math.max(0, Math.min(middle - half, 1 - LEAST_WIDTH))
  const high = Math.min(1, Math.max(middle + half, LEAST_WIDTH))
  return { span, best, low, high }
}

const inUnit = (coordinate: number): number => Math.min(Math.max(coordinate, 0), 1)

/** Values that were established as worse, and that no good trial has. */
const droppable = (
  wide: ReadonlyArray<Hyperparameter>,
  worse: ReadonlyArray<WorseValue>,
  good: ReadonlyArray<Hyperparameters>,
): ReadonlyArray<WorseValue> => {
  const searched = new Set(wide.filter((one) => !isConstant(one) && !isRanged(one)).map(({ name }) => name))
  return worse.filter(
    ({ name, value }) => searched.has(name) && good.every((hyperparameters) => hyperparameters[name] !== value),
  )
}

const withoutValues = (one: Hyperparameter, dropped: ReadonlyArray<WorseValue>): Hyperparameter => {
  const values = one.type === "boolean" ? [false, true] : "values" in one ? one.values : []
  const keep = values.filter((value) => !dropped.some((worse) => worse.name === one.name && worse.value === value))
  const made = restrictValues(one, keep)
  return made.ok ? made.hyperparameter : one
}

/** Without declarations whose parents have lost every value under which they were active. */
const possible = (searched: ReadonlyArray<Hyperparameter>): ReadonlyArray<Hyperparameter> => {
  const kept = searched.filter(({ when = {} }) =>
    Object.entries(when).every(([parent, values]) => {
      const parents = searched.filter(({ name }) => name === parent)
      return parents.length === 0 || parents.some((one) => values.some((value) => hasValue(one, value)))
    }),
  )
  return kept.length === searched.length ? kept : possible(kept)
}
