import { fromUnit, isConstant, isRanged, listedValues } from "@tanren/space"
import type { Hyperparameter, Hyperparameters } from "@tanren/terms"

export type Grid =
  | { readonly ok: true; readonly points: ReadonlyArray<Hyperparameters> }
  | { readonly ok: false; readonly reason: string }

/**
 * Grid search over one or two hyperparameters, the first varying slowest. Listed values are all taken; a range gets
 * evenly spaced levels on its scale, both ends included, as many as fit in `trials`. With more dimensions a grid wastes
 * its trials on repeating the same few values of each hyperparameter (playbook, on quasi-random search).
 */
export function grid(searched: ReadonlyArray<Hyperparameter>, held: Hyperparameters, trials: number): Grid {
  const dimensions = searched.filter((hyperparameter) => !isConstant(hyperparameter))
  if (dimensions.length === 0 || dimensions.length > 2) {
    const names = dimensions.map(({ name }) => name).join(", ")
    const reason =
      dimensions.length === 0
        ? "grid search needs one or two hyperparameters to search; there are none here"
        : `grid search is for one or two hyperparameters; here are ${dimensions.length} (${names}), so a grid would try only a few values of each; use halton`
    return { ok: false, reason }
  }
  const levels = levelsOf(dimensions, trials)
  const needed = levels.reduce((product, count) => product * count, 1)
  if (needed > trials)
    return {
      ok: false,
      reason: `the grid of ${levels.join(" x ")} points needs ${needed} trials; there are ${trials}`,
    }
  const axes = dimensions.map((hyperparameter, index) => coordinates(hyperparameter, levels[index] ?? 1))
  const [first = [0.5], second = [0.5]] = axes
  const points = first.flatMap((one) =>
    second.map((other) => {
      const given = [one, other]
      let next = 0
      const unit = searched.map((hyperparameter) => (isConstant(hyperparameter) ? 0.5 : (given[next++] ?? 0.5)))
      return fromUnit(searched, unit, held)
    }),
  )
  // Points that differ in an inactive hyperparameter only, or in a level that rounds to the same value, are one.
  const distinct = new Map(points.map((point) => [JSON.stringify(point), point]))
  return { ok: true, points: [...distinct.values()] }
}

/** Listed values need as many levels as they are; ranges share what is left, the second getting the remainder. */
function levelsOf(dimensions: ReadonlyArray<Hyperparameter>, trials: number): ReadonlyArray<number> {
  const listed = dimensions.map((hyperparameter) => listedValues(hyperparameter)?.length)
  const taken = listed.reduce<number>((product, count) => product * (count ?? 1), 1)
  const left = Math.max(1, Math.floor(trials / taken))
  const ranges = dimensions.filter(isRanged).length
  const first = ranges === 2 ? Math.floor(Math.sqrt(left)) : left
  let used = false
  return listed.map((count) => {
    if (count !== undefined) return count
    const levels = used ? Math.floor(left / first) : first
    used = true
    return levels
  })
}

function coordinates(hyperparameter: Hyperparameter, levels: number): ReadonlyArray<number> {
  if (!isRanged(hyperparameter)) return Array.from({ length: levels }, (_, level) => (level + 0.5) / levels)
  return Array.from({ length: levels }, (_, level) => (levels === 1 ? 0.5 : level / (levels - 1)))
}
