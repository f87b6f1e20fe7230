import { studentUpper } from "@tanren/statistics"
import { withReruns } from "../../study/noise.ts"
import type { Study } from "../../study/study.ts"
import { type Judged, judged, notJudged } from "../../telling.ts"
import { judgement, limitsOf, significance, type Thresholds } from "../../threshold.ts"
import { lastGoals } from "./words.ts"

export const thresholds = {
  saturatedGoals: judgement(3, "goals in a row"),
  saturatedChance: significance(0.02, "of such a gain by retraining noise alone, above which there was none"),
  saturatedError: judgement(
    1,
    "retraining standard deviations: with a larger error of the gain, its absence shows nothing",
  ),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/** Playbook, "After exploration concludes": have the campaign's last goals gained anything that noise cannot? */
export const judge = (study: Study): ReadonlyArray<Judged> => {
  const { goals } = study.input
  if (goals === undefined) return []
  const span = limit("saturatedGoals")
  const finite = goals.filter(({ value }) => Number.isFinite(value))
  if (finite.length < span + 1)
    return [notJudged(lastGoals, { lacking: { goals: Math.max(0, finite.length - 1), needed: span }, trials: [] })]
  const before = finite[finite.length - 1 - span]!
  const last = finite[finite.length - 1]!
  const gain = study.sign * (before.value - last.value)
  const pooled = withReruns(study.noise, finite)
  const noise = pooled?.sd
  const inNoise = noise === undefined ? null : gain / noise
  const error = noise === undefined ? null : Math.sqrt(1 / before.repeats + 1 / last.repeats)
  const chance = inNoise === null || error === null ? null : studentUpper(inNoise / error, pooled!.degreesOfFreedom)
  const little = chance === null ? gain <= 0 : chance > limit("saturatedChance")
  const sure = error !== null && error <= limit("saturatedError")
  const verdict = little && sure ? "problem" : little ? "watch" : "fine"
  return [
    judged(lastGoals, {
      verdict,
      evidence: {
        goals: span,
        gain,
        gainInNoise: inNoise,
        errorInNoise: error,
        chance,
        from: before.value,
        to: last.value,
      },
      trials: [],
      action:
        verdict === "problem"
          ? {
              type: "next-goal",
              question: "End exploration: what is the best single configuration of the space found so far?",
            }
          : undefined,
    }),
  ]
}
