import { bestOfK } from "@tanren/statistics"
import { bestOfPlot } from "../../plots/best-of.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"
import { doubling } from "./words.ts"

export const thresholds = {
  samplingDimensions: judgement(4, "hyperparameters that matter, for how the best of k goes on improving"),
  samplingGain: judgement(0.95, "a doubling worth about one retraining standard deviation can be seen"),
  samplingGainUnclear: judgement(1.2, "the same below `unclearPoints` trials, where that gain is a rough guess itself"),
  samplingWatch: judgement(0.475, "half of that: worth a look"),
  goodNoise: judgement(2, "retraining standard deviations from the best within which a point is as good"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inStudies, ...thresholds })

/**
 * Playbook, "Not sampling enough points in the search space": the expected gain of doubling the budget, against
 * retraining noise. Infeasible trials count as draws that can never be best.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const costs = study.points.map((point) => point.cost)
  const total = costs.length + study.infeasible.length
  if (costs.length < limit("minimumPoints"))
    return [
      notJudged(doubling, {
        lacking: { points: costs.length, needed: limit("minimumPoints") },
        trials: idsOf(study.points),
      }),
    ]
  const gain = expectedGainOfDoubling(costs, total - costs.length)
  const box = bestOfPlot(study).boxes.at(-1)
  const studyVariance = box === undefined ? 0 : box.upper - box.lower
  const noise = study.noise?.sd
  const inNoise = noise === undefined ? null : gain / noise
  const good = study.points.filter(
    (point) => point.cost <= study.points[0]!.cost + limit("goodNoise") * (noise ?? 0),
  ).length
  const clear = inNoise === null ? (gain > 0 ? "watch" : "fine") : verdictOf(inNoise, total)
  // One repeated pair may show a tenth of the noise by luck.
  const isRough = (study.noise?.degreesOfFreedom ?? 0) < limit("noiseFreedom")
  const verdict = clear === "problem" && isRough ? "watch" : clear
  return [
    judged(doubling, {
      verdict,
      evidence: {
        points: costs.length,
        trials: total,
        goodPoints: noise === undefined ? null : good,
        gainOfDoubling: gain,
        gainInNoise: inNoise,
        interquartileRangeOfBest: studyVariance,
        budgetOfRange: box?.trials ?? null,
        noise: noise ?? null,
      },
      trials: idsOf(study.points.slice(0, Math.max(limit("fewest"), good))),
      action:
        verdict === "problem"
          ? { type: "several", actions: [{ type: "add-trials", count: total }, { type: "smaller-goal" }] }
          : undefined,
    }),
  ]
}

const verdictOf = (inNoise: number, trials: number): "problem" | "watch" | "fine" => {
  const worth = limit(trials < limit("unclearPoints") ? "samplingGainUnclear" : "samplingGain")
  return inNoise > worth ? "problem" : inNoise > limit("samplingWatch") ? "watch" : "fine"
}

/**
 * The best of k above a quadratic optimum of d hyperparameters falls as k^(-2/d); d is taken to be 4, since few of many
 * matter. The gain of the two doublings up to n/2 is exact (draws without replacement, none of which the observed best
 * decides); the law carries it on to n -> 2n.
 */
const expectedGainOfDoubling = (costs: ReadonlyArray<number>, infeasible: number): number => {
  const n = costs.length + infeasible
  const worst = costs[costs.length - 1]!
  const all = [...costs, ...new Array<number>(infeasible).fill(worst)]
  const at = (k: number) => bestOfK(all, Math.max(1, Math.round(k))).mean
  const ratio = 2 ** (-2 / limit("samplingDimensions"))
  return ((at(n / 8) - at(n / 2)) * ratio ** 3) / (1 + ratio)
}
