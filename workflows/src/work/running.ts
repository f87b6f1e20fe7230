import type { StudyTicket, WorkTicket } from "@tanren/activities/contract"
import { patched } from "@temporalio/workflow"
import { decide } from "../calls.ts"
import { REPLACES_LOST, studyId } from "../names.ts"
import { pausing } from "../pausing.ts"
import { study } from "../study.ts"

/** What the workflow of every kind of work is started with: its place on the agenda, and how its trials are to run. */
export interface WorkInput extends WorkTicket {
  readonly taskQueue: string
  readonly wallSeconds: number
  readonly window: number
  readonly continueAsNewAfter: number
  readonly paused: boolean
}

/** Carries one piece of work out to its answer, and returns how many trials its studies held. */
export type Work = (input: WorkInput) => Promise<number>

/**
 * The studies of one piece of work, run side by side and held up while the campaign is paused. To be called before
 * anything is waited for: it listens for the pause.
 */
export const running = ({ goal, paused, ...settings }: WorkInput) => {
  const gate = pausing(paused)
  let trials = 0
  const run = async (studies: ReadonlyArray<StudyTicket>): Promise<void> => {
    await gate.unpaused()
    const ends = await Promise.allSettled(
      studies.map((one) =>
        gate.runChild(study, studyId(settings.campaign, one.study), { ...settings, study: one.study }),
      ),
    )
    for (const end of ends) if (end.status === "rejected") throw end.reason
    for (const one of studies) trials += one.trials
  }
  return {
    /** How many trials the studies held that have run. */
    get trials() {
      return trials
    },
    /** Ends when all of them have ended, and fails then when one of them has failed. */
    run,
    /** The same of re-runs, and of other seeds in place of those that failed by the machine. */
    rerun: async (studies: ReadonlyArray<StudyTicket>): Promise<void> => {
      await run(studies)
      if (!patched(REPLACES_LOST)) return
      for (;;) {
        const lost = await decide.replaceLost({ campaign: settings.campaign, goal })
        if (lost.length === 0) return
        await run(lost)
      }
    },
  }
}
