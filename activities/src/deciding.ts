import type { ExperimentRecord } from "@tanren/record"
import type { Decisions } from "./contract.ts"
import { addGoal, agenda, closeCampaign, openCampaign, pendingTrials } from "./decisions/agenda.ts"
import { designBaseline, judgeTheBaseline } from "./decisions/baseline.ts"
import { proposeLaunch, settleLaunch } from "./decisions/launch.ts"
import { replaceLost } from "./decisions/reruns.ts"
import { workActivities } from "./decisions/work/index.ts"
import type { Run } from "./decisions/work/kind.ts"
import { type Runtime, runDecision } from "./edge.ts"
import type { StateFolder } from "./state-folder.ts"
import { giveUpTrial } from "./train/train.ts"

/** What a control worker offers: every decision, made once, recorded, read from the record ever after. */
export const decisionActivities = (runtime: Runtime<ExperimentRecord | StateFolder>): Decisions => {
  const run: Run = (decision) => runDecision(runtime, decision)
  return {
    ...workActivities(run),
    openCampaign: ({ campaign }) => run(openCampaign(campaign)),
    designBaseline: ({ campaign }) => run(designBaseline(campaign)),
    judgeBaseline: ({ campaign }) => run(judgeTheBaseline(campaign)),
    agenda: ({ campaign }) => run(agenda(campaign)),
    addGoal: ({ campaign, goal }) => run(addGoal(campaign, goal)),
    proposeLaunch: ({ campaign, goal }) => run(proposeLaunch(campaign, goal)),
    settleLaunch: ({ campaign, goal, person }) => run(settleLaunch(campaign, goal, person)),
    replaceLost: ({ campaign, goal }) => run(replaceLost(campaign, goal)),
    pendingTrials: ({ campaign, study }) => run(pendingTrials(campaign, study)),
    giveUpTrial: ({ reason, ...trial }) => run(giveUpTrial(trial, reason)),
    closeCampaign: ({ campaign, status, note }) => run(closeCampaign(campaign, status, note)),
  }
}
