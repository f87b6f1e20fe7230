import { median, quantile } from "@tanren/statistics"
import { judgement, limitsOf, significance, type Thresholds } from "../threshold.ts"
import type { Noise } from "./input.ts"
import { thresholds as inStudies } from "./thresholds.ts"

export const thresholds = {
  farOut: judgement(3, "inter-quartile ranges above the upper quartile: Tukey's far out is a truly bad value"),
  badGap: judgement(2, "spreads of the better trials that a gap must exceed for all beyond it to be truly bad values"),
  badGapBlind: judgement(4, "the same where the noise is not known"),
  badGapChance: significance(0.2, "of such a gap anywhere in a smooth tail; shared among the places where it could be"),
  badBetter: judgement(3, "trials below the gap, to have a spread, where retraining noise says what a gap is"),
  badBetterBlind: judgement(5, "the same where the noise is not known"),
  badOverwhelming: judgement(10, "times such a gap, or such a fence: overwhelming, wherever the worse trials lie"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...thresholds })

export type Rule = "far-out" | "gap" | "chance"

/** Costs above it are truly bad. */
export interface Fence {
  readonly above: number
  readonly by: Rule
}

export const lowest = (fences: ReadonlyArray<Fence | undefined>): Fence | undefined =>
  fences.reduce<Fence | undefined>(
    (found, fence) => (fence !== undefined && (found === undefined || fence.above < found.above) ? fence : found),
    undefined,
  )

/** Tukey's far-out fence above the upper quartile. */
export const farOut = (sorted: ReadonlyArray<number>, noise: Noise | undefined, times = 1): Fence | undefined => {
  const upper = quantile(sorted, 0.75)
  if (sorted.length < limit("minimumPoints")) return undefined
  if (upper <= median(sorted) && noise === undefined) return undefined
  const fence = upper + times * limit("farOut") * (upper - quantile(sorted, 0.25))
  return { above: Math.max(fence, upper + times * limit("farOutNoise") * (noise?.sd ?? 0)), by: "far-out" }
}

/**
 * The first gap in the sorted costs that no smooth tail leaves. Were the spacings exponential, a gap of c spreads above
 * the better k would come with chance (1 + c)^(1 - k); the worse have to lie together, seen from the best, unless the
 * gap is overwhelming, since next to the optimum a smooth bowl leaves gaps, too.
 *
 * @param times as wide as that
 * @param least how far from the best the worse begin, at least
 * @param levels trials that are the best of their level: they have no spread
 */
export const gap = (
  sorted: ReadonlyArray<number>,
  noise: Noise | undefined,
  { times = 1, least = 0, levels = 1 }: { readonly times?: number; readonly least?: number; readonly levels?: number },
): Fence | undefined => {
  const n = sorted.length
  const best = sorted[0]!
  if (noise === undefined && n < limit("minimumPoints")) return undefined
  const fewest = limit(noise === undefined ? "badBetterBlind" : "badBetter")
  for (let k = fewest + levels - 1; k < n; k++) {
    const spread = Math.max(sorted[k - 1]! - best, noise?.sd ?? 0)
    const wide = sorted[k]! - sorted[k - 1]!
    if (spread <= 0 || wide <= limit("farOutNoise") * (noise?.sd ?? 0)) continue
    const needed =
      times *
      Math.max(
        limit(noise === undefined ? "badGapBlind" : "badGap"),
        (n / limit("badGapChance")) ** (1 / (k - levels)) - 1,
      )
    const nearest = sorted[k]! - best
    if (wide <= needed * spread || nearest < least) continue
    const middle = sorted[k + Math.floor((n - k) / 2)]! - best
    if (middle <= nearest * Math.sqrt(nearest / spread) || wide > (limit("badOverwhelming") / times) * needed * spread)
      return { above: (sorted[k]! + sorted[k - 1]!) / 2, by: "gap" }
  }
  return undefined
}

/** Points beyond a gap that so few lie below that they show no spread. */
export const beyondFewest = (sorted: ReadonlyArray<number>, noise: Noise | undefined, levels: number): number => {
  const n = sorted.length
  if (noise === undefined) return 0
  for (let k = Math.min(limit("badBetter") + levels - 1, n - 1); k >= levels; k--) {
    const spread = Math.max(sorted[k - 1]! - sorted[0]!, noise.sd)
    if (sorted[k]! - sorted[k - 1]! > limit("farOutNoise") * spread) return n - k
  }
  return 0
}

/** What stands out by orders of magnitude: of the spread, and at least so far from the best. */
export const overwhelmingFence = (sorted: ReadonlyArray<number>, noise: Noise | undefined, least: number) =>
  lowest(
    [
      farOut(sorted, noise, limit("badOverwhelming")),
      gap(sorted, noise, { times: limit("badOverwhelming"), least }),
    ].map((fence) => fence && { ...fence, above: Math.max(fence.above, least) }),
  )
