import type { Training } from "./contract.ts"
import { type Runtime, runCancellable, type Services } from "./edge.ts"
import { cancelTrial, train } from "./train/train.ts"

/** What a training worker offers. */
export const trainingActivities = (runtime: Runtime<Services>): Training => ({
  train: (ticket) => runCancellable(runtime, (beat) => train(ticket, beat), cancelTrial(ticket)),
})
