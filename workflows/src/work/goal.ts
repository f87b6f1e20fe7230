import type { GoalTicket, StudyTicket } from "@tanren/activities/contract"
import { ApplicationFailure, condition, defineUpdate, setHandler } from "@temporalio/workflow"
import { decide } from "../calls.ts"
import { NOT_ASKED, studyId } from "../names.ts"
import { pausing } from "../pausing.ts"
import { study } from "../study.ts"

export interface GoalInput extends GoalTicket {
  readonly taskQueue: string
  readonly wallSeconds: number
  readonly window: number
  readonly continueAsNewAfter: number
  readonly paused: boolean
}

/** A person's word on a proposed refinement. */
export const refineOrJudge = defineUpdate<void, [choice: "refine" | "judge"]>("refineOrJudge")

/**
 * One round of experiments: studies, insight, refinement inside the budget, fresh re-runs of the best trial of each
 * scientific value, answer. Returns how many trials its studies hold. Playbook, "The incremental tuning strategy".
 */
export async function goal(input: GoalInput): Promise<number> {
  const gate = pausing(input.paused)
  const { goal: ordinal, paused: _, ...settings } = input
  const { campaign } = settings
  const ticket = { campaign, goal: ordinal }
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

  let ran = 0
  const run = async (studies: ReadonlyArray<StudyTicket>): Promise<void> => {
    await gate.unpaused()
    const ends = await Promise.allSettled(
      studies.map((one) => gate.runChild(study, studyId(campaign, one.study), { ...settings, study: one.study })),
    )
    for (const end of ends) if (end.status === "rejected") throw end.reason
    for (const one of studies) ran += one.trials
  }

  await run(await decide.designGoal(ticket))
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
    await run(refinement.studies)
  }
  await run(await decide.designRepeats(ticket))
  await decide.answerGoal(ticket)
  return ran
}
