import type { RefinementTicket, StudyTicket, WorkTicket } from "../../../contract.ts"
import type { KindDecides } from "../kind.ts"
import { answer } from "./answer.ts"
import { refine, settleRefinement } from "./insight.ts"
import { proposeWinner } from "./proposal.ts"
import { designReruns } from "./reruns.ts"
import { designStudies } from "./studies.ts"

interface GoalDecisions {
  designGoal(input: WorkTicket): Promise<ReadonlyArray<StudyTicket>>
  refine(input: WorkTicket & { readonly round: number }): Promise<RefinementTicket>
  /** Keeps a person's word on a refinement, or that none came before the deadline. */
  settleRefinement(
    input: WorkTicket & { readonly round: number; readonly word: "refine" | "judge" | null },
  ): Promise<{ readonly run: boolean }>
  designRepeats(input: WorkTicket): Promise<ReadonlyArray<StudyTicket>>
  answerGoal(input: WorkTicket): Promise<{ readonly text: string }>
}

/** One round of experiments. Playbook, "The incremental tuning strategy". */
export const goal: KindDecides<GoalDecisions> = {
  activities: (run) => ({
    designGoal: ({ campaign, goal }) => run(designStudies(campaign, goal)),
    refine: ({ campaign, goal, round }) => run(refine(campaign, goal, round)),
    settleRefinement: ({ campaign, goal, round, word }) => run(settleRefinement(campaign, goal, round, word)),
    designRepeats: ({ campaign, goal }) => run(designReruns(campaign, goal)),
    answerGoal: ({ campaign, goal }) => run(answer(campaign, goal)),
  }),
  propose: proposeWinner,
}
