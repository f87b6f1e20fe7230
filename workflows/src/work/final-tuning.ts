import { decide } from "../calls.ts"
import { running, type WorkInput } from "./running.ts"

/**
 * The last search: the space refined around the best, batches that each learn from all before them, fresh re-runs of
 * the points that promise most, answer. Playbook, "After exploration concludes".
 */
export async function finalTuning(input: WorkInput): Promise<number> {
  const studies = running(input)
  const ticket = { campaign: input.campaign, goal: input.goal }
  await decide.refineSpace(ticket)
  for (let batch = 1; ; batch++) {
    const designed = await decide.designBatch({ ...ticket, batch })
    await studies.run(designed.studies)
    if (designed.last) break
  }
  await studies.rerun(await decide.designCandidateReruns(ticket))
  await decide.answerFinalTuning(ticket)
  return studies.trials
}
