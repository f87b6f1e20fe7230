import type { StdoutPatterns } from "@tanren/playbook"
import type { CampaignFile, GoalFile } from "@tanren/playbook/author"
import type { Metric } from "@tanren/terms"
import { firstGoal } from "./goals.ts"
import type { Proposal } from "./propose.ts"
import type { ResourcesGuess } from "./resources.ts"

/** A campaign file whose work is goals alone. */
export type Composed = CampaignFile & { readonly goals: ReadonlyArray<GoalFile> }

/** What is known once the program has run for a moment. */
export interface Observed {
  readonly metric: Metric
  readonly most: number
  readonly every: number
  readonly fromStdout?: StdoutPatterns
}

/** @param env names of the environment variables that are handed on */
export const composeCampaign = (
  name: string,
  command: ReadonlyArray<string>,
  { resources, parallel }: ResourcesGuess,
  proposal: Proposal,
  { metric, most, every, fromStdout }: Observed,
  env: ReadonlyArray<string> = [],
): Composed => ({
  name,
  trainer: {
    type: "program",
    command,
    ...(env.length === 0 ? {} : { env }),
    ...(fromStdout === undefined ? {} : { metrics: { fromStdout } }),
    ...(resources === "cpu" ? {} : { resources }),
  },
  metric,
  maxTrainSteps: most,
  evalEverySteps: Math.min(every, most),
  ...(proposal.steps.unit === "step" ? {} : { stepUnit: proposal.steps.unit }),
  hyperparameters: proposal.hyperparameters,
  baseline: proposal.baseline,
  goals: [firstGoal(proposal, metric)],
  ...(resources === "cpu" ? {} : { policy: { parallel } }),
})

/** What a person should know who opens the file. */
export const commentsOf = (
  script: string,
  { why }: ResourcesGuess,
  { left, notes }: Proposal,
): ReadonlyArray<string> => [
  `Proposed by \`tanren init\` from the options of ${script}: look over ranges, scales and the goal's question.`,
  ...[...(why === undefined ? [] : [why]), ...notes].map((note) => `- ${note}`),
  ...(left.length === 0 ? [] : [`- left at their defaults: ${left.join(", ")}`]),
]

/** Letters, digits, dots, dashes: what a campaign may be called. */
export const campaignName = (folder: string, script: string): string => {
  const plain = (text: string) =>
    text
      .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[^A-Za-z0-9]+/, "")
      .slice(0, 64)
  return plain(folder) || plain(script.replace(/\.py$/, "")) || "campaign"
}
