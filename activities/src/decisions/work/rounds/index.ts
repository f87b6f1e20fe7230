import type { RoundTicket, StudyTicket, WorkTicket } from "../../../contract.ts"
import type { KindDecides } from "../kind.ts"
import { answer } from "./answer.ts"
import { proposeLonger } from "./proposal.ts"
import { designRoundsReruns } from "./reruns.ts"
import { designRound } from "./rounds.ts"
import { judgeRound } from "./transfer.ts"

interface RoundsDecisions {
  designRound(input: WorkTicket & { readonly round: number }): Promise<RoundTicket>
  /** Once the round has run: what of the one before it carried over. */
  judgeRound(input: WorkTicket & { readonly round: number }): Promise<void>
  designRoundsReruns(input: WorkTicket): Promise<ReadonlyArray<StudyTicket>>
  answerRounds(input: WorkTicket): Promise<{ readonly text: string }>
}

/** Longer training. Playbook, "Deciding how long to train when training is compute-bound". */
export const rounds: KindDecides<RoundsDecisions> = {
  activities: (run) => ({
    designRound: ({ campaign, goal, round }) => run(designRound(campaign, goal, round)),
    judgeRound: ({ campaign, goal, round }) => run(judgeRound(campaign, goal, round)),
    designRoundsReruns: ({ campaign, goal }) => run(designRoundsReruns(campaign, goal)),
    answerRounds: ({ campaign, goal }) => run(answer(campaign, goal)),
  }),
  propose: proposeLonger,
}
