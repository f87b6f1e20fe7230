import { fUpper, leastSquares, normalScores, quantile, variance } from "@tanren/statistics"
import type { Axis } from "../../study/axis.ts"
import { withReruns } from "../../study/noise.ts"
import { fitSurface, type Group, partialOf, type Surface } from "../../study/response-surface.ts"
import { type Serial, serialOf } from "../../study/serial.ts"
import { activeOn, bestFew, idsOf, type Point, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { ofOne, overall, together } from "./words.ts"

export const thresholds = {
  nothingTrials: judgement(
    24,
    "trials before one may say that nothing had an effect; with fewer an effect hides easily",
  ),
  nothingChance: significance(0.008, "of the strongest sign of any effect, above which none is taken to be there"),
  nothingBeyondNoise: significance(0.03, "of so much variance among trials by retraining alone"),
  nothingSerial: significance(0.01, "of neighbours along a hyperparameter so alike, shared among the hyperparameters"),
  nothingTogether: significance(0.01, "of the strongest product of two hyperparameters, shared among the pairs"),
  interactionChance: significance(
    0.06,
    "that a product of two hyperparameters explains so much, shared among the pairs",
  ),
  fixTrials: judgement(32, "trials before one may say that a hyperparameter can be fixed"),
  fixChance: significance(0.02, "of a hyperparameter's effect, above which it is taken to have none"),
  fixTogether: significance(0.1, "of its product with another, shared among them, below which it may interact"),
  fixRange: judgement(1.5, "retraining standard deviations between its best and worst fitted value"),
  importantShare: judgement(0.1, "of the explained variance, below which a hyperparameter's effect is small"),
  pulledIn: judgement(
    1.5,
    "inter-quartile ranges beyond the quartiles, Tukey's fences, to which far costs are pulled in",
  ),
  interactionFreedom: judgement(4, "degrees of freedom left by the fit, for its error to be known"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...thresholds })

/**
 * Playbook, "Exploration vs exploitation": which hyperparameters the result depends on most, which interact, which can
 * be fixed from now on. All of it holds over the ranges searched. That nothing had an effect is a verdict of its own,
 * measured against the trial variance.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const points = study.points
  if (points.length < limit("minimumPoints"))
    return [
      notJudged(overall, {
        lacking: { points: points.length, needed: limit("minimumPoints") },
        trials: idsOf(points),
      }),
    ]
  const costs = points.map((point) => point.cost)
  const coordinates = points.map((point) => point.coordinates)
  const plain = fitSurface(study.axes, coordinates, pulledIn(costs))
  const scored = fitSurface(study.axes, coordinates, normalScores(costs))
  const pairs = pairsOf(points, [plain, scored])
  const interacting = pairs.filter(({ p }) => p <= limit("interactionChance") / pairs.length)
  const whole = judgeAll(study, plain, scored, pairs)
  if (whole.verdict === "problem") return [whole]
  return [
    whole,
    ...plain.groups.map((group) => ofAxis(study, group, scored, pairs)),
    ...interacting.map(({ of, p }) =>
      judged(together, {
        subject: of.map((axis) => axis.key).join(" × "),
        verdict: "watch",
        evidence: { interaction: true, first: of[0].key, second: of[1].key, chance: p },
        trials: idsOf(bestFew(points)),
        action: { type: "tune-together", hyperparameters: of.map((axis) => axis.key) },
      }),
    ),
  ]
}

/** Tukey's fences: single far values must not decide what matters. */
const pulledIn = (sorted: ReadonlyArray<number>): ReadonlyArray<number> => {
  const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)]
  const width = limit("pulledIn") * (high - low)
  return sorted.map((cost) => Math.min(high + width, Math.max(low - width, cost)))
}

const judgeAll = (study: Study, plain: Surface, scored: Surface, pairs: ReadonlyArray<Pair>): Judged => {
  const costs = study.points.map((point) => point.cost)
  const spread = variance(costs)
  // What the re-runs of earlier goals tell of the noise bounds it closer than five runs of the baseline.
  const noise = withReruns(study.noise, study.input.goals)
  const beyondNoise =
    noise === undefined ? null : fUpper(spread / noise.sd ** 2, costs.length - 1, noise.degreesOfFreedom)
  const strongest = Math.min(1, ...scored.groups.map((group) => group.p * scored.groups.length))
  const serials = serialsOf(study, [plain, scored])
  const alike = Math.min(1, ...[...serials.values()].map(({ p }) => p * serials.size))
  const anyEffect = Math.min(plain.p, scored.p, strongest)
  const none =
    anyEffect > limit("nothingChance") &&
    alike > limit("nothingSerial") &&
    pairs.every(({ p }) => p > limit("nothingTogether") / pairs.length)
  const enough = costs.length >= limit("nothingTrials") && (noise?.degreesOfFreedom ?? 0) >= limit("noiseFreedom")
  const nothing = none && enough && beyondNoise !== null && beyondNoise > limit("nothingBeyondNoise")
  // What a quadratic curve does not see, neighbours may show.
  const shareOf = ({ axis, share }: Group): number => {
    const serial = serials.get(axis)
    return serial !== undefined && serial.p * serials.size <= limit("nothingSerial")
      ? Math.max(share, serial.share)
      : share
  }
  const ranked = plain.groups.map((group) => ({ ...group, share: shareOf(group) })).sort((a, b) => b.share - a.share)
  return judged(overall, {
    verdict: nothing ? "problem" : none ? "watch" : "fine",
    evidence: {
      points: costs.length,
      nothing: none,
      explained: plain.explained,
      chance: anyEffect,
      chanceOfNeighbours: alike,
      spread: Math.sqrt(spread),
      noise: noise?.sd ?? null,
      chanceBeyondNoise: beyondNoise,
      ranked: ranked.map((group) => ({ hyperparameter: group.axis.key, share: group.share, chance: group.p })),
    },
    trials: idsOf(study.points),
    action: nothing
      ? {
          type: "next-goal",
          question: `Do ${ranked.map((group) => group.axis.key).join(", ")} matter over much wider ranges, or does another part of the pipeline limit ${study.input.metric.name}?`,
        }
      : undefined,
  })
}

/**
 * Of each ordered hyperparameter, with what the others do by themselves taken out where the fit knows it: on the costs
 * and on their ranks, whichever are more alike. Ranks alone make one slope of the two levels of a band.
 */
const serialsOf = (study: Study, surfaces: ReadonlyArray<Surface>): ReadonlyMap<Axis, Serial> =>
  new Map(
    study.axes
      .filter((axis) => axis.kind === "ordered")
      .map((axis) => {
        const at = study.points.map(({ coordinates }) => coordinates[axis.index] ?? null)
        const found = surfaces.map((surface) => {
          const fitted = fittedBy(surface)
          const own = surface.groups.some((group) => group.axis === axis) ? partialOf(surface, axis) : fitted
          const serial = serialOf(at, own)
          // Of the variance of all, not of what the others leave.
          return { ...serial, share: Math.min(1, (serial.share * variance(own)) / variance(fitted)) }
        })
        return [axis, found.reduce((a, b) => (b.p < a.p ? b : a))] as const
      }),
  )

/** What a surface was fitted to. */
const fittedBy = ({ columns, fit }: Surface): ReadonlyArray<number> =>
  fit.residuals.map(
    (residual, i) => residual + columns.reduce((s, column, j) => s + fit.coefficients[j]! * column[i]!, 0),
  )

interface Pair {
  readonly of: readonly [Axis, Axis]
  /** Chance of so much by their product were there no interaction. */
  readonly p: number
}

/** Products of two ordered hyperparameters, on the costs and on their ranks alike: a mere change of the metric's scale
 * makes an interaction on one of them only. */
const pairsOf = (points: ReadonlyArray<Point>, surfaces: ReadonlyArray<Surface>): ReadonlyArray<Pair> => {
  const axes = surfaces[0]!.groups
    .map((group) => group.axis)
    .filter((axis) => axis.kind === "ordered")
    .sort((a, b) => a.index - b.index)
  const pairs = axes.flatMap((a, i) => axes.slice(i + 1).map((b) => [a, b] as const))
  return pairs.map((of) => {
    const product = points.map(({ coordinates }) => {
      const [u, v] = [coordinates[of[0].index], coordinates[of[1].index]]
      return u == null || v == null ? 0 : (u - 0.5) * (v - 0.5)
    })
    const p = Math.max(
      ...surfaces.map((surface) => {
        const { columns, fit } = surface
        const wider = leastSquares([...columns, product], fittedBy(surface))
        return wider.rank > fit.rank && wider.degreesOfFreedom >= limit("interactionFreedom")
          ? fUpper((fit.residualSquares - wider.residualSquares) / wider.variance, 1, wider.degreesOfFreedom)
          : 1
      }),
    )
    return { of, p }
  })
}

const ofAxis = (study: Study, group: Group, scored: Surface, pairs: ReadonlyArray<Pair>): Judged => {
  const { axis } = group
  const p = Math.min(group.p, scored.groups.find((other) => other.axis.key === axis.key)?.p ?? 1)
  // Its optimum must not move with the others: here the suspicion of an interaction is enough.
  const own = pairs.filter(({ of }) => of.includes(axis))
  const interacts = own.some((pair) => pair.p <= limit("fixTogether") / own.length)
  const withinNoise = study.noise !== undefined && group.range <= limit("fixRange") * study.noise.sd
  const small = group.share < limit("importantShare") && p > limit("fixChance") && withinNoise
  const value = study.points[0]!.hyperparameters[axis.name]
  const canFix =
    small && !interacts && !axis.scientific && study.points.length >= limit("fixTrials") && value !== undefined
  return judged(ofOne, {
    subject: axis.key,
    verdict: canFix ? "watch" : "fine",
    evidence: {
      share: group.share,
      chance: p,
      range: group.range,
      interacts,
      canFix,
      points: activeOn(axis, study.points).length,
    },
    trials: idsOf(bestFew(activeOn(axis, study.points))),
    action: canFix ? { type: "fix", hyperparameter: axis.key, value } : undefined,
  })
}
