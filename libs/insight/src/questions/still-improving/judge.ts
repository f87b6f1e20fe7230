import { studentUpper } from "@tanren/statistics"
import { bestCurves, lateGain, pointsOf, tooShort } from "../../curves/best-curves.ts"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { idsOf, type Study } from "../../study/study.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { limitsOf } from "../../threshold.ts"
import { lastQuarter } from "./words.ts"

const limit = limitsOf({ ...inStudies, ...inCurves })

/**
 * Playbook, "Examining the training curves": are the best trials still improving at the final step? Then training is
 * compute-bound. Under a schedule that decays to the end a late improvement is normal, and under an unknown one it may
 * be: `watch`.
 */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const best = bestCurves(study)
  if (best.length < limit("fewest"))
    return [notJudged(lastQuarter, { lacking: tooShort(study, best), trials: idsOf(pointsOf(best)) })]
  const { gain, error } = lateGain(best)
  const chance = studentUpper(error > 0 ? gain / error : gain > 0 ? 1e6 : 0, best.length - 1)
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
    judged(lastQuarter, {
      verdict,
      evidence: { gainOfLastQuarter: gain, inNoise, chance, curves: best.length, schedule },
      trials: idsOf(pointsOf(best)),
      action: verdict === "problem" ? { type: "train-longer" } : undefined,
    }),
  ]
}
