import type { Action, Finding } from "@tanren/terms"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"

/** Our reading: four times as long is enough to see what longer training gains, and the playbook's two rounds span it. */
const FACTOR = 4

/** Work in rounds that a person may append; it is never begun by itself. */
export interface LongerProposed {
  /** The questions of the checklist whose findings call for it. */
  readonly questions: ReadonlyArray<string>
  /** As a campaign file would write it: what the goals explored is its round 1. */
  readonly work: {
    readonly kind: "rounds"
    readonly question: string
    readonly maxTrainSteps: number
    readonly trials: 0
  }
}

/**
 * Where results still improve as training ends, "training is compute-bound", and what was learned is worth carrying into
 * longer training. Playbook, "Deciding how long to train when training is compute-bound".
 *
 * @returns null where no finding says so
 */
export const proposeLonger = (
  findings: ReadonlyArray<Finding>,
  { training }: Pick<WhatStands, "training">,
): LongerProposed | null => {
  const calling = findings.filter(({ verdict, action }) => verdict === "problem" && trainsLonger(action))
  if (calling.length === 0) return null
  return {
    questions: [...new Set(calling.map(({ question }) => question))],
    work: {
      kind: "rounds",
      question: "Does longer training pay, and do the best points hold for it?",
      maxTrainSteps: FACTOR * training.maxTrainSteps,
      trials: 0,
    },
  }
}

const trainsLonger = (action: Action | undefined): boolean =>
  action?.type === "train-longer" || (action?.type === "several" && action.actions.some(trainsLonger))
