import { CancellationScope, condition, continueAsNew, executeChild, isCancellation, log } from "@temporalio/workflow"
import { decide } from "./calls.ts"
import { trialId } from "./names.ts"
import { pausing } from "./pausing.ts"
import { trial } from "./trial.ts"

export interface StudyInput {
  readonly campaign: string
  readonly study: string
  readonly taskQueue: string
  readonly wallSeconds: number
  /** Trials of this study that may run at once. */
  readonly window: number
  /** Trials started before the study drains and continues as new. */
  readonly continueAsNewAfter: number
  readonly paused: boolean
}

/**
 * Runs the trials that the record does not know as finished, a window of them at a time. Continues as new only with
 * none running, so that every trial keeps its parent and cancelling reaches it.
 */
export async function study(input: StudyInput): Promise<void> {
  const gate = pausing(input.paused)
  const { campaign, study: name, taskQueue, wallSeconds } = input
  const pending = await decide.pendingTrials({ campaign, study: name })
  const trouble: Array<unknown> = []
  let running = 0
  let started = 0

  const run = async (index: number): Promise<void> => {
    running++
    try {
      await executeChild(trial, {
        workflowId: trialId(campaign, name, index),
        args: [{ campaign, study: name, index, taskQueue, wallSeconds }],
      })
    } catch (error) {
      trouble.push(error)
    } finally {
      running--
    }
  }

  const start = async (): Promise<void> => {
    for (const [from, to] of pending) {
      for (let index = from; index < to; index++) {
        await condition(() => trouble.length > 0 || (running < input.window && !gate.paused))
        if (trouble.length > 0) return
        if (started >= input.continueAsNewAfter) {
          await condition(() => running === 0)
          if (trouble.length > 0) return
          log.info("study continues as new", { study: name, from: index })
          await continueAsNew<typeof study>({ ...input, paused: gate.paused })
        }
        started++
        void run(index)
      }
    }
    await condition(() => running === 0)
  }

  try {
    await start()
  } catch (error) {
    // A cancelled study waits for its trials to leave: closing first would terminate them in the middle.
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => condition(() => running === 0))
    throw error
  }
  if (trouble.length > 0) {
    await condition(() => running === 0)
    throw trouble[0]
  }
}
