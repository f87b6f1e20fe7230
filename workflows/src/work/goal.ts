import { ApplicationFailure, condition, defineUpdate, setHandler } from "@temporalio/workflow"
import { decide } from "../calls.ts"
import { NOT_ASKED } from "../names.ts"
import { running, type WorkInput } from "./running.ts"

/** A person's word on a proposed refinement. */
export const refineOrJudge = defineUpdate<void, [choice: "refine" | "judge"]>("refineOrJudge")

/**
 * One round of experiments: studies, insight, refinement inside the budget, fresh re-runs of the best trial of each
 * scientific value, answer. Playbook, "The incremental tuning strategy".
 */
export async function goal(input: WorkInput): Promise<number> {
  const studies = running(input)
  const ticket = { campaign: input.campaign, goal: input.goal }
  let asked = false
  let choice: "refine" | "judge" | undefined
  setHandler(
    refineOrJudge,
    (word) => {
      choice = word
    },
    {
      validator: (word) => {
        if (word !== "refine" && word !== "judge") throw new Error(`choose refine or judge, not ${word}`)
        if (!asked) throw ApplicationFailure.nonRetryable("no refinement is waiting for an answer", NOT_ASKED)
      },
    },
  )

  await studies.run(await decide.designGoal(ticket))
  for (let round = 1; ; round++) {
    const refinement = await decide.refine({ ...ticket, round })
    if (refinement.next === "judge") break
    if (refinement.next === "ask") {
      asked = true
      choice = undefined
      await condition(() => choice !== undefined, Math.max(1, refinement.waitMs))
      asked = false
      const { run: refined } = await decide.settleRefinement({ ...ticket, round, word: choice ?? null })
      if (!refined) break
    }
    await studies.run(refinement.studies)
  }
  await studies.rerun(await decide.designRepeats(ticket))
  await decide.answerGoal(ticket)
  return studies.trials
}
