import type { Tracking } from "@tanren/record"
import type { Effect } from "effect"
import type { Decisions } from "./contract.ts"
import { addGoal, agenda, closeCampaign, openCampaign, pendingTrials } from "./decisions/agenda.ts"
import { answer } from "./decisions/answer.ts"
import { designBaseline, judgeTheBaseline } from "./decisions/baseline.ts"
import { refine, settleRefinement } from "./decisions/insight.ts"
import { proposeLaunch, settleLaunch } from "./decisions/launch.ts"
import { designReruns } from "./decisions/reruns.ts"
import { designStudies } from "./decisions/studies.ts"
import { type Runtime, runDecision } from "./edge.ts"
import type { StateFolder } from "./state-folder.ts"
import { giveUpTrial } from "./train/train.ts"

/** What a control worker offers: every decision, made once, recorded, read from the record ever after. */
export const decisionActivities = (runtime: Runtime<Tracking | StateFolder>): Decisions => {
  const run = <A, E>(effect: Effect.Effect<A, E, Tracking | StateFolder>): Promise<A> => runDecision(runtime, effect)
  return {
    openCampaign: ({ campaign, opening }) => run(openCampaign(campaign, opening)),
    designBaseline: ({ campaign }) => run(designBaseline(campaign)),
    judgeBaseline: ({ campaign }) => run(judgeTheBaseline(campaign)),
    agenda: ({ campaign }) => run(agenda(campaign)),
    addGoal: ({ campaign, goal }) => run(addGoal(campaign, goal)),
    designGoal: ({ campaign, goal }) => run(designStudies(campaign, goal)),
    refine: ({ campaign, goal, round }) => run(refine(campaign, goal, round)),
    settleRefinement: ({ campaign, goal, round, word }) => run(settleRefinement(campaign, goal, round, word)),
    designRepeats: ({ campaign, goal }) => run(designReruns(campaign, goal)),
    answerGoal: ({ campaign, goal }) => run(answer(campaign, goal)),
    proposeLaunch: ({ campaign, goal }) => run(proposeLaunch(campaign, goal)),
    settleLaunch: ({ campaign, goal, person }) => run(settleLaunch(campaign, goal, person)),
    pendingTrials: ({ campaign, study }) => run(pendingTrials(campaign, study)),
    giveUpTrial: ({ reason, ...trial }) => run(giveUpTrial(trial, reason)),
    closeCampaign: ({ campaign, status, note }) => run(closeCampaign(campaign, status, note)),
  }
}
