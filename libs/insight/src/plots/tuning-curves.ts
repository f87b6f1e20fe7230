import { type OrderBands, orderBands } from "@tanren/statistics"
import { compareValues, type Metric } from "@tanren/terms"

/** The median best of a search of so many trials, in the metric's own direction. */
export interface TuningPoint {
  readonly trials: number
  readonly median: number
  /** How good and how bad it could be; null where nobody can tell from so few trials. */
  readonly atBest: number | null
  readonly atWorst: number | null
}

export interface TuningCurve {
  readonly label: string
  readonly points: ReadonlyArray<TuningPoint>
}

/** Efforts at which the one value is established to be ahead of the other. */
export interface EffortLead {
  readonly ahead: string
  readonly behind: string
  readonly from: number
  readonly to: number
}

export interface TuningCurves {
  /** Of all bands of all curves together. */
  readonly level: number
  readonly curves: ReadonlyArray<TuningCurve>
  readonly leads: ReadonlyArray<EffortLead>
}

/** The trials of one scientific value. */
export interface Tuned {
  readonly label: string
  /** The metric of completed trials. */
  readonly values: ReadonlyArray<number>
  /** Diverged trials: worse than any value. */
  readonly infeasible: number
}

/** Beyond, the bands take seconds and the curves need none. */
const MOST_TRIALS = 400

/**
 * Tuning curves with exact simultaneous confidence bands: Lourie, Cho & He, "Show Your Work with Confidence: Confidence
 * Bands for Tuning Curves" (arXiv 2311.09480). With chance one half, the best of k trials is at least as good as the
 * value below which 1 − 2^(−1/k) of all trials lie; a band for that distribution is one for the curve. The best of half
 * the trials drawn again and again (the playbook's figure 3) says how the best varies among the trials that there are;
 * these say what that tells of trials that there are not.
 *
 * What is curved is what a search sees: single trials, noise and luck included. The bands are for independent trials;
 * quasi-random ones are evener, which errs on the safe side.
 *
 * @param level of all bands of all curves together
 */
export function tuningCurves(groups: ReadonlyArray<Tuned>, { goal }: Pick<Metric, "goal">, level = 0.95): TuningCurves {
  const drawn = groups.filter(
    ({ values, infeasible }) => values.length > 1 && values.length + infeasible <= MOST_TRIALS,
  )
  const each = 1 - (1 - level) / Math.max(drawn.length, 1)
  const curves = drawn.map((group) => curveOf(group, goal, each))
  return { level, curves, leads: curves.flatMap((one) => curves.flatMap((other) => leadsOf(one, other, goal))) }
}

function curveOf({ label, values, infeasible }: Tuned, goal: Metric["goal"], level: number): TuningCurve {
  const sorted = values.toSorted(compareValues({ goal }))
  const n = sorted.length + infeasible
  const bands = orderBands(n, level)
  const efforts = Array.from({ length: n }, (_, index) => index + 1)
  return { label, points: efforts.map((trials) => pointAt(sorted, n, bands, trials)) }
}

/**
 * From the i-th best value on, the distribution function is `low[i]` at least; before it, `high[i]` at most.
 *
 * @param sorted best first, of `n` trials of which the others diverged
 */
export function pointAt(
  sorted: ReadonlyArray<number>,
  n: number,
  { low, high }: Pick<OrderBands, "low" | "high">,
  trials: number,
): TuningPoint {
  const share = -Math.expm1(-Math.LN2 / trials)
  const at = (place: number): number | null => sorted[place] ?? null
  const perhaps = high.findIndex((bound) => bound >= share) - 1
  const surely = low.findIndex((bound) => bound >= share)
  return {
    trials,
    median: at(Math.ceil(share * n - 1e-9) - 1) ?? sorted.at(-1) ?? Number.NaN,
    atBest: perhaps < 0 ? null : at(perhaps),
    atWorst: surely < 0 ? null : at(surely),
  }
}

/** Runs of efforts at which the worst of the one is better than the best that the other could be. */
function leadsOf(one: TuningCurve, other: TuningCurve, goal: Metric["goal"]): ReadonlyArray<EffortLead> {
  const leads: Array<EffortLead> = []
  for (const [index, { trials, atWorst }] of one.points.entries()) {
    const atBest = other.points[index]?.atBest ?? null
    if (atWorst === null || atBest === null || compareValues({ goal })(atWorst, atBest) >= 0) continue
    const last = leads.at(-1)
    if (last !== undefined && last.to === trials - 1) leads[leads.length - 1] = { ...last, to: trials }
    else leads.push({ ahead: one.label, behind: other.label, from: trials, to: trials })
  }
  return leads
}
