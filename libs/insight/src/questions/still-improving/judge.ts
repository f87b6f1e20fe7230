import { studentUpper } from "@tanren/statistics"
import type { Finding } from "@tanren/terms"
import { bestCurves, lateGain, pointsOf, tooShort } from "../../curves/best-curves.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { finding } from "../../finding.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { limitsOf } from "../../threshold.ts"

const limit = limitsOf({ ...inStudies, ...inCurves })

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
  const { gain, error } = lateGain(best)
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
