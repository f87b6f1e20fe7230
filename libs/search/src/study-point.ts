import { fromUnit, isConstant } from "@tanren/space"
import type { Hyperparameter, Hyperparameters } from "@tanren/terms"
import { algoperfPoint } from "./algoperf-halton.ts"
import type { StudyDesign } from "./design.ts"
import { grid } from "./grid.ts"
import { unitPoint } from "./halton.ts"
import { randomPoint } from "./random-search.ts"

/**
 * What a study's trial tries: held values and searched ones, flat names, active hyperparameters only. A searched
 * hyperparameter whose parent is held at another value stays out; a hyperparameter that is held still but conditional
 * on a searched one belongs to `searched` as a constant (`constant` of `@tanren/space`).
 *
 * @param index of the trial in its study, from 0; the sequence's own index is `design.from` more (not so for a grid,
 *   which has no sequence to go on with)
 * @throws RangeError for an index beyond the study's listed points or grid
 */
export function studyPoint(design: StudyDesign, index: number): Hyperparameters {
  return { ...design.held, ...searchedPoint(design, index) }
}

/** How many trials a study has: fewer than asked for where a grid or a list has fewer points; or why it has none. */
export function studyTrials(
  design: StudyDesign,
): { readonly ok: true; readonly trials: number } | { readonly ok: false; readonly reason: string } {
  if (design.algorithm === "grid") {
    const made = grid(design.searched, design.held, design.trials)
    return made.ok ? { ok: true, trials: made.points.length } : made
  }
  if (design.algorithm === "listed") {
    const left = (design.points?.length ?? 0) - design.from
    if (left <= 0) return { ok: false, reason: "the study lists no points to try" }
    return { ok: true, trials: Math.min(left, design.trials) }
  }
  return { ok: true, trials: design.trials }
}

function searchedPoint(design: StudyDesign, index: number): Hyperparameters {
  const at = design.from + index
  switch (design.algorithm) {
    case "halton":
      return spaced(design, (dimensions, common) => unitPoint(design.seed, at, dimensions, common))
    case "random":
      return spaced(design, (dimensions) => randomPoint(design.seed, at, dimensions))
    case "algoperf-halton":
      // AlgoPerf gives a hyperparameter with a single value a dimension like any other.
      return fromUnit(design.searched, algoperfPoint(at, design.searched.length), design.held)
    case "grid": {
      const made = grid(design.searched, design.held, design.trials)
      if (!made.ok) throw new RangeError(`study ${design.id}: ${made.reason}`)
      return nth(made.points, index, `study ${design.id}: its grid`)
    }
    case "listed":
      return nth(design.points ?? [], at, `study ${design.id}: its list`)
  }
}

/**
 * Constants take no dimension, so that holding one more value still leaves the other dimensions evenly filled. What the
 * study has in common with others takes the first ones.
 */
function spaced(
  design: StudyDesign,
  point: (dimensions: number, common: number) => ReadonlyArray<number>,
): Hyperparameters {
  const free = design.searched.filter((hyperparameter) => !isConstant(hyperparameter))
  const isCommon = ({ name }: Hyperparameter): boolean => design.common?.includes(name) ?? false
  const common = free.filter(isCommon)
  const order = [...common, ...free.filter((one) => !isCommon(one))]
  const coordinates = point(order.length, common.length === 0 ? order.length : common.length)
  const unit = design.searched.map((hyperparameter) => coordinates[order.indexOf(hyperparameter)] ?? 0.5)
  return fromUnit(design.searched, unit, design.held)
}

function nth(points: ReadonlyArray<Hyperparameters>, index: number, whose: string): Hyperparameters {
  const point = points[index]
  if (point === undefined) throw new RangeError(`${whose} has ${points.length} points, asked for number ${index + 1}`)
  return point
}
