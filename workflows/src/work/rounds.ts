import { decide } from "../calls.ts"
import { running, type WorkInput } from "./running.ts"

/**
 * Longer training in rounds: many short trials, few longer ones at their best points, fresh re-runs at full length,
 * answer. Playbook, "Deciding how long to train when training is compute-bound".
 */
export async function rounds(input: WorkInput): Promise<number> {
  const studies = running(input)
  const ticket = { campaign: input.campaign, goal: input.goal }
  for (let round = 1; ; round++) {
    const designed = await decide.designRound({ ...ticket, round })
    await studies.run(designed.studies)
    await decide.judgeRound({ ...ticket, round })
    if (designed.last) break
  }
  await studies.rerun(await decide.designRoundsReruns(ticket))
  await decide.answerRounds(ticket)
  return studies.trials
}
