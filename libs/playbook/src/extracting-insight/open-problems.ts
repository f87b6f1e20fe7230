import type { Finding, Suspicion } from "@tanren/terms"

/** What the last findings of a goal still call a problem, and why trials that it had left were not spent on it. */
export interface OpenProblems {
  /** Without their trials, which the recorded findings name. */
  readonly findings: ReadonlyArray<Finding>
  readonly unspent: {
    readonly trials: number
    /** Something has to be cured first, or no person asked for what was proposed. */
    readonly because: "cure-first" | "not-asked-for"
    readonly why: string
  } | null
}

/** Results rather than defects: what they say takes nothing away from the answer. */
const NO_DEFECT: ReadonlySet<string> = new Set(["next-goal", "train-shorter"])

/**
 * A conclusion rests on a space that was searched well and on training that works: what is still wrong with them when
 * the goal is judged is a caveat of its answer. Playbook, "Extracting insight from experimental results".
 */
export const openProblems = (
  findings: ReadonlyArray<Finding>,
  unspent: OpenProblems["unspent"] = null,
): OpenProblems => ({
  findings: findings
    .filter(({ verdict, action }) => verdict === "problem" && !NO_DEFECT.has(action?.type ?? ""))
    .map((finding) => ({ ...finding, trials: [] })),
  unspent: unspent === null || unspent.trials === 0 ? null : unspent,
})

/** Where a bug is suspected, or null: nothing is launched on what it may have made. */
export const suspectedBug = ({ findings }: OpenProblems): Suspicion | null =>
  findings
    .flatMap(({ action }) => (action?.type === "several" ? action.actions : action === undefined ? [] : [action]))
    .flatMap((action) => (action.type === "suspect-bug" ? [action] : []))[0] ?? null
