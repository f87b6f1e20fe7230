import type { BatchTicket, StudyTicket, WorkTicket } from "../../../contract.ts"
import type { KindDecides } from "../kind.ts"
import { answer } from "./answer.ts"
import { designBatch } from "./batch.ts"
import { designCandidateReruns } from "./candidates.ts"
import { proposeBest } from "./proposal.ts"
import { refine } from "./space.ts"

interface FinalTuningDecisions {
  refineSpace(input: WorkTicket): Promise<void>
  designBatch(input: WorkTicket & { readonly batch: number }): Promise<BatchTicket>
  designCandidateReruns(input: WorkTicket): Promise<ReadonlyArray<StudyTicket>>
  answerFinalTuning(input: WorkTicket): Promise<{ readonly text: string }>
}

/** The last search. Playbook, "After exploration concludes". */
export const finalTuning: KindDecides<FinalTuningDecisions> = {
  activities: (run) => ({
    refineSpace: ({ campaign, goal }) => run(refine(campaign, goal)),
    designBatch: ({ campaign, goal, batch }) => run(designBatch(campaign, goal, batch)),
    designCandidateReruns: ({ campaign, goal }) => run(designCandidateReruns(campaign, goal)),
    answerFinalTuning: ({ campaign, goal }) => run(answer(campaign, goal)),
  }),
  propose: proposeBest,
}
