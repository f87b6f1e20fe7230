import { type Finding, finding } from "./finding.ts"
import { isolationPlot } from "./plots/isolation.ts"
import { slicesOf } from "./scientific-values.ts"
import { expectedBestOf } from "./statistics/summary.ts"
import { idsOf, type Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/**
 * Playbook, "Detecting whether a change is useful with isolation plots": scientific values compared with the nuisance
 * hyperparameters optimised away. The verdict is on the comparison: `problem` where unequal numbers of trials alone
 * could make the difference; which value is better, and whether the trials decide it, is in the evidence.
 */
export const isolation = (study: Study): ReadonlyArray<Finding> => {
  const about = { question: "isolation" } as const
  if (!study.axes.some((axis) => axis.scientific)) return []
  const subject = study.axes
    .filter((axis) => axis.scientific)
    .map((axis) => axis.key)
    .join(", ")
  const slices = slicesOf(study)
  const trials = slices.flatMap((slice) => idsOf(slice.points.slice(0, 1)))
  const smallest = Math.min(...slices.map((slice) => slice.points.length))
  if (slices.length < 2 || smallest < 4)
    return [
      finding({
        ...about,
        subject,
        verdict: "too-few-data",
        evidence: { values: slices.length, smallest: slices.length > 0 ? smallest : 0, needed: 4 },
        trials,
      }),
    ]
  const plot = isolationPlot(study)
  const worth = Math.max(
    ...slices.map((slice) => {
      const costs = slice.points.map((point) => point.cost)
      return expectedBestOf(costs, smallest) - costs[0]!
    }),
  )
  const largest = Math.max(...slices.map((slice) => slice.points.length))
  const inNoise = study.noise === undefined ? null : worth / study.noise.sd
  const unequal = largest > limit("unequal") * smallest
  const order = [...plot.values].sort((a, b) => study.sign * (a.expected - b.expected))
  const [first, second] = [order[0]!, order[1]!]
  const difference = study.sign * (second.expected - first.expected)
  const error = Math.hypot(first.uncertainty, second.uncertainty, (study.noise?.sd ?? 0) * Math.SQRT2)
  const verdict = unequal && (inNoise ?? 0) > limit("effort") ? "problem" : unequal ? "watch" : "fine"
  return [
    finding({
      ...about,
      subject,
      verdict,
      evidence: {
        best: first.label,
        runnerUp: second.label,
        difference,
        uncertainty: error,
        decided: study.noise !== undefined && difference > 1.96 * error,
        comparedAt: smallest,
        largest,
        effortWorth: worth,
        effortInNoise: inNoise,
        values: plot.values.map((value) => ({
          value: value.label,
          trials: value.trials,
          expected: value.expected,
          uncertainty: value.uncertainty,
        })),
      },
      trials,
      ...(verdict === "problem"
        ? {
            action: {
              type: "add-trials",
              count: slices.reduce((total, slice) => total + largest - slice.points.length, 0),
            } as const,
          }
        : {}),
    }),
  ]
}
