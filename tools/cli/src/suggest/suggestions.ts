import { grid, type StudyDesign, studyPoint } from "@tanren/search"
import { toUnit } from "@tanren/space"
import type { Hyperparameter, Hyperparameters, Value } from "@tanren/terms"

/** What is asked for. */
export interface Ask {
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly algorithm: "halton" | "algoperf-halton" | "random" | "grid"
  readonly seed: number
  /** Index in the sequence of the first point that is looked at. */
  readonly from: number
  /** Points to give; for a grid, how many points the whole of it may have. */
  readonly count: number
}

export interface Suggestion {
  readonly id: string
  readonly hyperparameters: Hyperparameters
}

export type Suggested =
  | {
      readonly ok: true
      readonly suggestions: ReadonlyArray<Suggestion>
      /** How many of the points that are there already are points of this sequence. */
      readonly met: number
    }
  | { readonly ok: false; readonly reason: string }

/**
 * The next points of a non-adaptive sequence: those from an index on that are not there yet. Asking for batches of any
 * size, each with the points of those before, gives the points of the sequence, each once; one that got lost is given
 * again. Where a small space makes a sequence repeat a point, each of the points that are there stands for one repeat.
 */
export const suggestions = (ask: Ask, already: ReadonlyArray<Hyperparameters>): Suggested => {
  const sequence = sequenceOf(ask)
  if (!sequence.ok) return sequence
  const left = new Map<string, number>()
  for (const point of already) {
    const key = pointKey(ask.hyperparameters, point)
    left.set(key, (left.get(key) ?? 0) + 1)
  }
  const given: Suggestion[] = []
  let met = 0
  for (let index = ask.from; given.length < ask.count && index < sequence.length; index++) {
    const hyperparameters = sequence.point(index)
    const key = pointKey(ask.hyperparameters, hyperparameters)
    const copies = left.get(key) ?? 0
    if (copies > 0) {
      left.set(key, copies - 1)
      met++
    } else given.push({ id: idOf(ask, index), hyperparameters })
  }
  return { ok: true, suggestions: given, met }
}

type Sequence =
  | { readonly ok: true; readonly length: number; readonly point: (index: number) => Hyperparameters }
  | { readonly ok: false; readonly reason: string }

const sequenceOf = ({ hyperparameters, algorithm, seed, count }: Ask): Sequence => {
  if (algorithm === "grid") {
    const made = grid(hyperparameters, {}, count)
    if (!made.ok) return made
    return { ok: true, length: made.points.length, point: (index) => made.points[index] ?? {} }
  }
  const design: StudyDesign = {
    id: "suggest",
    scientific: {},
    searched: hyperparameters,
    held: {},
    algorithm,
    seed,
    from: 0,
    trials: count,
  }
  try {
    studyPoint(design, 0)
  } catch (error) {
    // More dimensions than the sequence has.
    if (error instanceof RangeError) return { ok: false, reason: error.message }
    throw error
  }
  return { ok: true, length: Number.POSITIVE_INFINITY, point: (index) => studyPoint(design, index) }
}

/** The sequence and the index, so that a person can see what came from where and ask for it again. */
const idOf = ({ algorithm, seed }: Ask, index: number): string =>
  algorithm === "halton" || algorithm === "random" ? `${algorithm}-${seed}-${index}` : `${algorithm}-${index}`

/** A point by the values that count: active in this space, whatever else a trial's line holds. */
const pointKey = (hyperparameters: ReadonlyArray<Hyperparameter>, point: Hyperparameters): string => {
  const unit = toUnit(hyperparameters, point)
  const values: Array<readonly [string, Value | undefined]> = []
  hyperparameters.forEach(({ name }, at) => {
    if (unit[at] !== null) values.push([name, point[name]])
  })
  return JSON.stringify(values)
}
