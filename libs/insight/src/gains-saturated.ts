import { type Finding, finding } from "./finding.ts"
import type { Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/** Playbook, "After exploration concludes": have the campaign's last goals gained anything that noise cannot? */
export const gainsSaturated = (study: Study): ReadonlyArray<Finding> => {
  const { goals } = study.input
  if (goals === undefined) return []
  const about = { question: "gains-saturated", trials: [] } as const
  const span = limit("saturatedGoals")
  const finite = goals.filter(({ value }) => Number.isFinite(value))
  if (finite.length < span + 1)
    return [
      finding({ ...about, verdict: "too-few-data", evidence: { goals: Math.max(0, finite.length - 1), needed: span } }),
    ]
  const before = finite[finite.length - 1 - span]!
  const last = finite[finite.length - 1]!
  const gain = study.sign * (before.value - last.value)
  const noise = study.noise?.sd
  const inNoise = noise === undefined ? null : gain / noise
  const error = noise === undefined ? null : Math.sqrt(1 / before.repeats + 1 / last.repeats)
  const little = inNoise === null ? gain <= 0 : inNoise < limit("saturatedGain")
  const sure = error !== null && error <= limit("saturatedGain")
  const verdict = little && sure ? "problem" : little ? "watch" : "fine"
  return [
    finding({
      ...about,
      verdict,
      evidence: { goals: span, gain, gainInNoise: inNoise, errorInNoise: error, from: before.value, to: last.value },
      ...(verdict === "problem"
        ? {
            action: {
              type: "next-goal",
              question: "End exploration: what is the best single configuration of the space found so far?",
            } as const,
          }
        : {}),
    }),
  ]
}
