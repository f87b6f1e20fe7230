import type { Status } from "@tanren/terms"
import type { Cell } from "../table.ts"

const words: Readonly<Record<Status, RegExp>> = {
  completed: /^(completed?|finished|done|success(ful)?|succeeded|terminated|ok|passed|published)$/,
  infeasible: /^(infeasible|diverged?|nan|oom|out of memory|invalid)$/,
  failed: /^(failed|fail|failure|errored|error|crashed?|exception)$/,
  running:
    /^(running|pending|waiting|scheduled|queued|paused|preempt(ed|ing)|started|staged|candidate|active|in progress)$/,
  cancelled: /^((user |sys )?cancell?ed|killed|pruned|stopped|early ?stopped|aborted|abandoned|stale|interrupted)$/,
}

/** Tanren's status for the word of any tracker: `FINISHED`, `TrialState.COMPLETE`, `crashed`; undefined if unknown. */
export const statusWord = (cell: Cell): Status | undefined => {
  if (typeof cell !== "string") return undefined
  const word = cell.replace(/^.*\./, "").toLowerCase().replace(/[_-]+/g, " ").trim()
  return (Object.keys(words) as ReadonlyArray<Status>).find((status) => words[status].test(word))
}
