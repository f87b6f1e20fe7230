import type { Goal } from "../campaign/campaign.ts"
import { BASELINE_REPEATS } from "../initial-configuration/baseline-study.ts"
import { repeatsToShow } from "./comparison.ts"
import { CONFIDENCE } from "./evidence.ts"
import { launchRepeats, POWER_OF_EACH } from "./launch.ts"
import type { TrialVariance } from "./variances.ts"

export const REPEATS_RULE = "repeats@1"

/** Fresh seeds of each value: a number, or the gain that they are to show. */
export type Repeats = Goal["repeats"]

/** How many re-runs of each value there are, settled before any of them runs. */
export interface RepeatsChosen {
  readonly rule: typeof REPEATS_RULE
  readonly repeats: number
  /** The gain to show, in the metric's units, and the most re-runs of each value. */
  readonly toShow: number
  readonly atMost: number
  /** Standard deviations of the baseline's runs that decided; null where they show none. */
  readonly noise: { readonly best: number; readonly end: number | null } | null
  /** That a gain of `toShow` is adopted in four cases of five. */
  readonly shown: boolean
}

/** Re-runs of each value at most: what a plan counts before the baseline's noise is known. */
export const mostRepeats = (repeats: Repeats): number => (typeof repeats === "object" ? repeats.atMost : repeats)

/**
 * As many re-runs as adopt a true gain of `toShow` in four cases of five, by the spread of the baseline's runs, and never
 * fewer than the baseline has. Settled by the baseline alone, before any of them runs: no difference that they show has a
 * part in it.
 *
 * @param best spread of the baseline's values, and `end` of their means over the last tenth; null where not known
 * @param cost the gain that the change's complexity asks for: what is to be shown is what lies above it
 */
export const chooseRepeats = (
  { toShow, atMost }: Exclude<Repeats, number>,
  [best, end]: readonly [TrialVariance | null, TrialVariance | null],
  cost = 0,
): RepeatsChosen => {
  const asked = { rule: REPEATS_RULE, toShow, atMost } as const
  if (best === null || !(best.sd > 0)) return { ...asked, repeats: BASELINE_REPEATS, noise: null, shown: false }
  const needed = launchRepeats(toShow - cost, [best, end]) ?? Number.POSITIVE_INFINITY
  return {
    ...asked,
    repeats: Math.min(atMost, Math.max(BASELINE_REPEATS, needed)),
    noise: { best: best.sd, end: end?.sd ?? null },
    shown: needed <= atMost,
  }
}

/**
 * The smallest true gain that so many re-runs of each side adopt in four cases of five, in standard deviations of a run.
 * Null for fewer than two.
 */
export const gainShown = (repeats: number): number | null => {
  if (repeats < 2) return null
  let [no, yes] = [0, 100]
  while (yes - no > 1e-3) {
    const middle = (no + yes) / 2
    const needed = repeatsToShow(middle, 1, CONFIDENCE, POWER_OF_EACH)
    if (needed !== null && needed <= repeats) yes = middle
    else no = middle
  }
  return yes
}
