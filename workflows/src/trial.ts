import type { TrialTicket } from "@tanren/activities/contract"
import { isCancellation } from "@temporalio/workflow"
import { decide, rootMessage, trainOn } from "./calls.ts"

export interface TrialInput extends TrialTicket {
  readonly taskQueue: string
  readonly wallSeconds: number
}

export type TrialStatus = "completed" | "infeasible" | "failed"

/**
 * One trial to its recorded outcome. A lost worker is Temporal's to retry; a program that crashes is ours, because
 * whether it crashes *every* time decides between a hiccup and a failed trial.
 */
export async function trial(input: TrialInput): Promise<TrialStatus> {
  const { taskQueue, wallSeconds, ...ticket } = input
  for (let crashes = 1; ; crashes++) {
    const result = await trainOn(taskQueue, wallSeconds)
      .train(ticket)
      .catch((error) => {
        if (isCancellation(error)) throw error
        return { status: "crashed", reason: `infrastructure: ${rootMessage(error)}`, triesAllowed: 1 } as const
      })
    if (result.status !== "crashed") return result.status
    if (crashes < result.triesAllowed) continue
    const times = crashes === 1 ? "" : ` (${crashes} times)`
    await decide.giveUpTrial({ ...ticket, reason: `${result.reason}${times}` })
    return "failed"
  }
}
