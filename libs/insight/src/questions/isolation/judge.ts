import { bestOf, costsOf, type ExpectedBest, effortOf, type Slice, slicesOf } from "../../study/scientific-values.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { comparison } from "./words.ts"

export const thresholds = {
  effort: judgement(0.5, "retraining standard deviations that unequal numbers of trials alone are worth"),
  unequal: judgement(1.5, "times as many trials for one value as for another, before effort is worth a look"),
  compared: judgement(4, "trials of a value, feasible ones as well: one with fewer has no best to compare"),
  decided: significance(1.96, "standard errors of the difference: 5 %, two-sided, of a normal one"),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

const needed = limit("compared")

/**
 * Playbook, "Detecting whether a change is useful with isolation plots": scientific values compared with the nuisance
 * hyperparameters optimised away. The verdict is on the comparison: `problem` where unequal numbers of trials alone
 * could make the difference; which value is better, and whether the trials decide it, is in the evidence. Infeasible
 * trials are effort spent: a value that diverges more often had no fewer chances.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  if (!study.axes.some((axis) => axis.scientific)) return []
  const subject = study.axes
    .filter((axis) => axis.scientific)
    .map((axis) => axis.key)
    .join(", ")
  const slices = slicesOf(study)
  const about = {
    subject,
    trials: slices.flatMap((slice) => idsOf(slice.points.slice(0, 1))),
  } as const
  const smallest = Math.min(...slices.map(effortOf))
  const compared = slices.filter((slice) => slice.points.length >= needed)
  if (compared.length < 2 || smallest < needed) {
    const fewest = Math.min(...slices.map((slice) => slice.points.length))
    const lacking = { values: slices.length, smallest: slices.length > 0 ? fewest : 0, needed }
    return [notJudged(comparison, { ...about, lacking })]
  }
  const largest = Math.max(...slices.map(effortOf))
  const worth = Math.max(...compared.map((slice) => worthOfMore(study, slice, smallest)))
  const inNoise = study.noise === undefined ? null : worth / study.noise.sd
  const unequal = largest > limit("unequal") * smallest
  const seen = comparisonOf(study, compared, smallest)
  // A value that leads beyond doubt with no more trials than any was not helped by them: it would lead by more.
  const least = slices.find(({ label }) => label === seen.best)
  const againstOdds = seen.decided && least !== undefined && effortOf(least) === smallest
  const isUnfair = unequal && (inNoise ?? 0) > limit("effort") && !againstOdds
  const verdict = isUnfair ? "problem" : unequal ? "watch" : "fine"
  return [
    judged(comparison, {
      ...about,
      verdict,
      evidence: {
        ...seen,
        comparedAt: smallest,
        largest,
        effortWorth: worth,
        effortInNoise: inNoise,
        notCompared: slices
          .filter((slice) => !compared.includes(slice))
          .map((slice) => ({ value: slice.label, trials: effortOf(slice), infeasible: slice.infeasible.length })),
      },
      action:
        verdict === "problem"
          ? { type: "add-trials", count: slices.reduce((total, slice) => total + largest - effortOf(slice), 0) }
          : undefined,
    }),
  ]
}

/** What a value's trials beyond the least effort gained it. */
const worthOfMore = (study: Study, slice: Slice, smallest: number): number =>
  bestOf(costsOf(study, slice), smallest).expected - slice.points[0]!.cost

const comparisonOf = (study: Study, compared: ReadonlyArray<Slice>, effort: number) => {
  const values = compared.map((slice) => ({ slice, ...bestOf(costsOf(study, slice), effort) }))
  const [first, second] = [...values].sort((a, b) => a.expected - b.expected)
  const lead = leadOf(study, first!, second!)
  // A value that diverges more finds its best among fewer: that much is the search's luck, and must not decide alone.
  const costs = [first!, second!].map(({ slice }) => slice.points.map((point) => point.cost))
  const fewest = Math.min(...costs.map(({ length }) => length))
  const feasible = leadOf(study, bestOf(costs[0]!, fewest), bestOf(costs[1]!, fewest))
  return {
    best: first!.slice.label,
    runnerUp: second!.slice.label,
    ...lead,
    decided: study.noise !== undefined && isClear(lead) && isClear(feasible),
    values: values.map(({ slice, expected, uncertainty }) => ({
      value: slice.label,
      trials: effortOf(slice),
      infeasible: slice.infeasible.length,
      expected: study.sign * expected,
      uncertainty,
    })),
  }
}

interface Lead {
  readonly difference: number
  readonly uncertainty: number
}

const leadOf = (study: Study, first: ExpectedBest, second: ExpectedBest): Lead => ({
  difference: second.expected - first.expected,
  uncertainty: Math.hypot(first.uncertainty, second.uncertainty, (study.noise?.sd ?? 0) * Math.SQRT2),
})

const isClear = ({ difference, uncertainty }: Lead): boolean => difference > limit("decided") * uncertainty
