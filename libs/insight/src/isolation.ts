import { type Finding, finding } from "./finding.ts"
import { isolationPlot } from "./plots/isolation.ts"
import { effortOf, expectedBest, type Slice, slicesOf } from "./scientific-values.ts"
import { idsOf, type Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/** A value with fewer feasible trials (or less effort) has no best to compare. */
const needed = 4

/**
 * Playbook, "Detecting whether a change is useful with isolation plots": scientific values compared with the nuisance
 * hyperparameters optimised away. The verdict is on the comparison: `problem` where unequal numbers of trials alone
 * could make the difference; which value is better, and whether the trials decide it, is in the evidence. Infeasible
 * trials are effort spent: a value that diverges more often had no fewer chances.
 */
export const isolation = (study: Study): ReadonlyArray<Finding> => {
  if (!study.axes.some((axis) => axis.scientific)) return []
  const subject = study.axes
    .filter((axis) => axis.scientific)
    .map((axis) => axis.key)
    .join(", ")
  const slices = slicesOf(study)
  const about = {
    question: "isolation",
    subject,
    trials: slices.flatMap((slice) => idsOf(slice.points.slice(0, 1))),
  } as const
  const smallest = Math.min(...slices.map(effortOf))
  const compared = slices.filter((slice) => slice.points.length >= needed)
  if (compared.length < 2 || smallest < needed) {
    const fewest = Math.min(...slices.map((slice) => slice.points.length))
    const evidence = { values: slices.length, smallest: slices.length > 0 ? fewest : 0, needed }
    return [finding({ ...about, verdict: "too-few-data", evidence })]
  }
  const largest = Math.max(...slices.map(effortOf))
  const worth = Math.max(...compared.map((slice) => worthOfMore(study, slice, smallest)))
  const inNoise = study.noise === undefined ? null : worth / study.noise.sd
  const unequal = largest > limit("unequal") * smallest
  const verdict = unequal && (inNoise ?? 0) > limit("effort") ? "problem" : unequal ? "watch" : "fine"
  return [
    finding({
      ...about,
      verdict,
      evidence: {
        ...comparison(study, compared),
        comparedAt: smallest,
        largest,
        effortWorth: worth,
        effortInNoise: inNoise,
        notCompared: slices
          .filter((slice) => !compared.includes(slice))
          .map((slice) => ({ value: slice.label, trials: effortOf(slice), infeasible: slice.infeasible.length })),
      },
      ...(verdict === "problem"
        ? {
            action: {
              type: "add-trials",
              count: slices.reduce((total, slice) => total + largest - effortOf(slice), 0),
            } as const,
          }
        : {}),
    }),
  ]
}

/** What a value's trials beyond the least effort gained it. */
const worthOfMore = (study: Study, slice: Slice, smallest: number): number =>
  expectedBest(study, slice, smallest) - expectedBest(study, slice, effortOf(slice))

const comparison = (study: Study, compared: ReadonlyArray<Slice>) => {
  const values = isolationPlot(study).values.filter(({ label }) => compared.some((slice) => slice.label === label))
  const order = [...values].sort((a, b) => study.sign * (a.expected - b.expected))
  const [first, second] = [order[0]!, order[1]!]
  const difference = study.sign * (second.expected - first.expected)
  const error = Math.hypot(first.uncertainty, second.uncertainty, (study.noise?.sd ?? 0) * Math.SQRT2)
  return {
    best: first.label,
    runnerUp: second.label,
    difference,
    uncertainty: error,
    decided: study.noise !== undefined && difference > 1.96 * error,
    values: values.map(({ label, trials, infeasible, expected, uncertainty }) => ({
      value: label,
      trials,
      infeasible,
      expected,
      uncertainty,
    })),
  }
}
