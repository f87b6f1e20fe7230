import { bestCurves, fallOver, pointsOf, tooShort } from "./best-curves.ts"
import { inflation, stepSd } from "./curve.ts"
import { type Finding, finding } from "./finding.ts"
import { studentUpper } from "./statistics/distributions.ts"
import { mean } from "./statistics/summary.ts"
import { idsOf, type Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/**
 * Playbook, "Examining the training curves": are the best trials still improving at the final step? Then training is
 * compute-bound. Under a schedule that decays to the end a late improvement is normal, and under an unknown one it may
 * be: `watch`.
 */
export const stillImproving = (study: Study): ReadonlyArray<Finding> => {
  const about = { question: "still-improving" } as const
  const best = bestCurves(study)
  if (best.length < 4)
    return [
      finding({ ...about, verdict: "too-few-data", evidence: tooShort(study, best), trials: idsOf(pointsOf(best)) }),
    ]
  const falls = best.map(({ costs }) =>
    fallOver(costs, 1 - limit("lastPart"), stepSd(costs, 0.5), inflation(costs.slice(Math.floor(costs.length / 2)))),
  )
  const gain = mean(falls.map(({ fall }) => fall))
  const error = Math.sqrt(mean(falls.map((fall) => fall.error ** 2)) / falls.length)
  const chance = studentUpper(error > 0 ? gain / error : gain > 0 ? 1e6 : 0, best.length * 5)
  const inNoise = study.noise === undefined ? null : gain / study.noise.sd
  const significant = gain > 0 && chance <= limit("significance")
  const schedule = study.input.schedule ?? "unknown"
  const large = inNoise !== null && inNoise > limit("improvement")
  const verdict =
    significant && large && schedule === "constant"
      ? "problem"
      : significant && (large || inNoise === null)
        ? "watch"
        : "fine"
  return [
    finding({
      ...about,
      verdict,
      evidence: { gainOfLastQuarter: gain, inNoise, chance, curves: best.length, schedule },
      trials: idsOf(pointsOf(best)),
      ...(verdict === "problem" ? { action: { type: "train-longer" } as const } : {}),
    }),
  ]
}
