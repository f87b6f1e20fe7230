import type { CampaignSpec, Goal, Limits, Policy } from "../campaign.ts"
import type { CampaignInFile, GoalInFile } from "./campaign-file.ts"

/** What a campaign file may leave out. */
const DEFAULTS = {
  seed: 0,
  stepUnit: "step",
  repeats: 5,
  algorithm: "halton",
  studies: "auto",
  policy: {
    refine: "auto",
    launch: { ask: false, withinMs: 24 * 60 * 60 * 1000, then: "keep" },
    parallel: 2,
    continueAsNewAfter: 500,
    notify: [],
  },
  limits: { wallSeconds: 86_400, silenceSeconds: 3_600, tries: 3, graceSeconds: 10, keepCheckpoints: 2 },
} as const satisfies { readonly policy: Policy; readonly limits: Limits; readonly [field: string]: unknown }

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `"24h"`, `"90s"` or a number of milliseconds; undefined where it is none of them, or not above 0. */
export function milliseconds(duration: number | string): number | undefined {
  if (typeof duration === "number") return duration > 0 ? Math.round(duration) : undefined
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*$/.exec(duration) ?? []
  if (amount === undefined || unit === undefined) return undefined
  const total = Math.round(Number(amount) * (UNITS[unit] ?? 0))
  return total > 0 ? total : undefined
}

export const completeGoal = (goal: GoalInFile): Goal => ({
  kind: "goal",
  question: goal.question,
  direction: goal.direction ?? ((goal.scientific ?? []).length > 0 ? "explore" : "exploit"),
  scientific: goal.scientific ?? [],
  nuisance: goal.nuisance ?? [],
  fixed: goal.fixed ?? [],
  trials: goal.trials,
  algorithm: goal.algorithm ?? DEFAULTS.algorithm,
  ...(goal.points === undefined ? {} : { points: goal.points }),
  studies: goal.studies ?? DEFAULTS.studies,
  repeats: goal.repeats ?? DEFAULTS.repeats,
  ...(goal.leastGain === undefined ? {} : { leastGain: goal.leastGain }),
  overrides: goal.overrides ?? [],
})

const completePolicy = (policy: CampaignInFile["policy"]): Policy => {
  const { launch, ...rest } = policy ?? {}
  const withinMs = launch?.withinMs ?? (launch?.within === undefined ? undefined : milliseconds(launch.within))
  return {
    ...DEFAULTS.policy,
    ...rest,
    launch: {
      ask: launch?.ask ?? DEFAULTS.policy.launch.ask,
      withinMs: withinMs ?? DEFAULTS.policy.launch.withinMs,
      then: launch?.then ?? DEFAULTS.policy.launch.then,
    },
  }
}

/** Everything filled in, once all of it is sound. */
export const completeCampaign = (
  file: CampaignInFile,
  hyperparameters: CampaignSpec["hyperparameters"],
): CampaignSpec => ({
  version: 1,
  name: file.name,
  seed: file.seed ?? DEFAULTS.seed,
  trainer: {
    ...file.trainer,
    env: file.trainer.env ?? [],
    data: (file.trainer.data ?? []).map((given) => (typeof given === "string" ? { path: given } : given)),
    resources: file.trainer.resources ?? "cpu",
  },
  metric: file.metric,
  maxTrainSteps: file.maxTrainSteps,
  evalEverySteps: file.evalEverySteps,
  stepUnit: file.stepUnit ?? DEFAULTS.stepUnit,
  ...(file.schedule === undefined ? {} : { schedule: file.schedule }),
  hyperparameters,
  baseline: file.baseline,
  goals: file.goals.map(completeGoal),
  policy: completePolicy(file.policy),
  limits: { ...DEFAULTS.limits, ...file.limits },
})
