import { ascending } from "@tanren/statistics"
import { judgement, limitsOf, type Thresholds } from "../threshold.ts"
import type { Axis } from "./axis.ts"
import { beyondFewest, type Fence, farOut, gap, lowest, overwhelmingFence, type Rule } from "./bad-fence.ts"
import { aboveBest, explaining, levelsOf, takesFewValues } from "./few-values.ts"
import type { Noise } from "./input.ts"
import type { Point } from "./study.ts"
import { thresholds as inStudies } from "./thresholds.ts"

export const thresholds = {
  badOwnSize: judgement(
    10,
    "times the best value's own size that all trials of one listed value must be worse by: orders of magnitude",
  ),
  badNearChance: judgement(0.1, "of the way from chance to the best: what gets no further is no better than chance"),
  badFromChance: judgement(
    0.5,
    "of the way from the best to chance, from where on the other rules count if it is known",
  ),
  badChanceNoise: judgement(3, "and as many retraining standard deviations, where they are known"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...thresholds })

/** Which completed points count as infeasible. */
export interface BadValues {
  /** A cost above it is truly bad, for the best scientific value; undefined where nothing could be said. */
  readonly above: number | undefined
  /** The rule that set it. */
  readonly by: Rule | undefined
  readonly isBad: (point: Point) => boolean
  /** Points beyond a gap above which all may be bad; too few lie below it to know how far good ones spread. */
  readonly perhaps: number
}

/**
 * Playbook: infeasible are "trials that diverge, get really bad loss values". Three rules, the lowest counts: far out by
 * Tukey's fence (a few bad ones), beyond a gap that dwarfs the spread of the better ones (many bad ones, of which the
 * quartiles are bad themselves), no better than chance (where it is known; the other two then count from half-way to
 * chance on). Scientific values are aligned by their best first: that one is worse than another is what the goal asks.
 * So are the values of any hyperparameter that takes few of them and explains what is far out: one optimizer that is
 * worse than another is no infeasible one, unless it is worse by orders of magnitude.
 *
 * @param points all that completed, in any order
 * @param chance the cost of guessing, where it is known
 */
export const badValues = (
  points: ReadonlyArray<Point>,
  axes: ReadonlyArray<Axis>,
  noise: Noise | undefined,
  chance: number | undefined,
): BadValues => {
  if (points.length < limit("leastPoints")) return { above: undefined, by: undefined, isBad: () => false, perhaps: 0 }
  const costs = points.map(({ cost }) => cost)
  const best = Math.min(...costs)
  const sd = noise?.sd ?? 0
  const aligned = alignedFence(points, axes, noise)
  const guessing =
    chance === undefined
      ? undefined
      : chance - Math.max(limit("badNearChance") * (chance - best), limit("badChanceNoise") * sd)
  const isKnown = guessing !== undefined && guessing > best
  const halfWay =
    isKnown && chance !== undefined
      ? (1 - limit("badFromChance")) * best + limit("badFromChance") * chance
      : Number.NEGATIVE_INFINITY
  const rules: ReadonlyArray<Fence & { readonly from: ReadonlyArray<number> }> = [
    ...(aligned.fence === undefined ? [] : [{ ...aligned.fence, from: aligned.costs }]),
    ...(aligned.overwhelming === undefined ? [] : [{ ...aligned.overwhelming, from: aligned.compared }]),
    ...(isKnown ? [{ by: "chance" as const, above: guessing - best, from: costs.map((cost) => cost - best) }] : []),
  ]
  const judged = rules.map(({ by, above, from }) => ({
    by,
    above: Math.max(best + above, halfWay),
    bad: points.filter(({ cost }, i) => from[i]! > above && cost > halfWay),
  }))
  // The rule that is shown is one that found something, where any did.
  const shown = lowest(judged.filter(({ bad }) => bad.length > 0)) ?? lowest(judged)
  const bad = new Set(judged.flatMap((rule) => rule.bad))
  return {
    above: shown?.above,
    by: shown?.by,
    perhaps: aligned.fence?.by === "gap" ? 0 : beyondFewest(ascending(aligned.costs), noise, aligned.levels),
    isBad: (point) => bad.has(point),
  }
}

interface Aligned {
  /** Above the best of the same scientific values. */
  readonly compared: ReadonlyArray<number>
  /** Above the best also of the same values of what explains a fence. */
  readonly costs: ReadonlyArray<number>
  /** As many have no cost by that alone, being the best of theirs. */
  readonly levels: number
  /** Counted from these `costs`. */
  readonly fence: Fence | undefined
  /** Counted from `compared`: what stands out by orders of magnitude, whatever explains it. */
  readonly overwhelming: Fence | undefined
}

const alignedFence = (points: ReadonlyArray<Point>, axes: ReadonlyArray<Axis>, noise: Noise | undefined): Aligned => {
  const few = axes.filter((axis) => takesFewValues(axis, points))
  const raw = points.map(({ cost }) => cost)
  const scientific = levelsOf(
    few.filter((axis) => axis.scientific),
    points,
  )
  const compared = aboveBest(raw, scientific)
  let others = few.filter((axis) => !axis.scientific)
  let costs = compared
  let levels = new Set(scientific).size
  for (;;) {
    const sorted = ascending(costs)
    const fence = lowest([farOut(sorted, noise), gap(sorted, noise, { levels })])
    const isQuiet = fence === undefined && beyondFewest(sorted, noise, levels) === 0
    const by = isQuiet ? undefined : explaining(others, points, costs, fence?.above)
    if (by === undefined) {
      const least = limit("badOwnSize") * Math.abs(Math.min(...raw))
      const overwhelming = costs === compared ? undefined : overwhelmingFence(ascending(compared), noise, least)
      return { compared, costs, levels, fence, overwhelming }
    }
    const own = levelsOf([by], points)
    others = others.filter((axis) => axis !== by)
    costs = aboveBest(costs, own)
    levels += new Set(own).size - 1
  }
}
