import type { Decisions, Training } from "@tanren/activities/contract"
import { ActivityCancellationType, proxyActivities } from "@temporalio/workflow"

/** Decisions read the record and take seconds at most; only infrastructure can fail them, so they are tried for long. */
export const decide = proxyActivities<Decisions>({
  startToCloseTimeout: "2 minutes",
  retry: { initialInterval: "500ms", maximumInterval: "30s", maximumAttempts: 60, nonRetryableErrorTypes: ["Misuse"] },
})

/** Carrying a launch out copies a checkpoint, which may be large. */
export const settle = proxyActivities<Pick<Decisions, "settleLaunch">>({
  startToCloseTimeout: "2 hours",
  retry: { initialInterval: "5s", maximumInterval: "1m", maximumAttempts: 20, nonRetryableErrorTypes: ["Misuse"] },
})

/**
 * Training: a lost worker shows by its missing heartbeat within ten seconds; the next attempt resumes from the last
 * checkpoint. Cancelling waits until the program has left.
 */
export const trainOn = (taskQueue: string, wallSeconds: number) =>
  proxyActivities<Training>({
    taskQueue,
    startToCloseTimeout: `${wallSeconds + 600} seconds`,
    heartbeatTimeout: "10 seconds",
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: "500ms",
      maximumInterval: "30s",
      maximumAttempts: 60,
      nonRetryableErrorTypes: ["Misuse"],
    },
  })

/** What lies under Temporal's wrappings of an error. */
export const rootMessage = (error: unknown): string => {
  let root = error
  while (root instanceof Error && root.cause instanceof Error) root = root.cause
  return root instanceof Error ? root.message : String(root)
}
