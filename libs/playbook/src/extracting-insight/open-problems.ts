import { describe, nameOf } from "@tanren/insight"
import type { Finding } from "@tanren/terms"

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

/** So many are told in full, further ones by name. */
const TOLD = 3

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
export const suspectedBug = ({ findings }: OpenProblems): string | null =>
  findings
    .flatMap(({ action }) => (action?.type === "several" ? action.actions : action === undefined ? [] : [action]))
    .flatMap((action) => (action.type === "suspect-bug" ? [action.where] : []))[0] ?? null

/** A caveat for each, none where nothing is open. */
export function openProblemsText({ findings, unspent }: OpenProblems): ReadonlyArray<string> {
  const told = findings
    .slice(0, TOLD)
    .map((finding) => `Caveat: ${nameOf(finding)} is still a problem. ${finding.text}`)
  const more = findings.slice(TOLD).map(nameOf)
  return [
    ...told,
    more.length === 0 ? "" : `Caveat: still a problem as well: ${more.join(", ")}.`,
    unspent === null ? "" : `Caveat: ${unspent.trials} trials of the goal were not spent: ${unspent.why}.`,
  ].filter((part) => part !== "")
}

/** The same in the terms of the playbook's Japanese edition. */
export function openProblemsJapanese({ findings, unspent }: OpenProblems): ReadonlyArray<string> {
  const told = findings.slice(0, TOLD).map((finding) => `留意：次の問題が残っています．${describe(finding, "ja")}`)
  const more = findings.length - told.length
  const reason = { "cure-first": "先に直すべき問題があるため", "not-asked-for": "提案された改良が求められなかったため" }
  return [
    ...told,
    more === 0 ? "" : `留意：ほかにも ${more} 件の問題が残っています（所見を参照）．`,
    unspent === null ? "" : `留意：${reason[unspent.because]}，この目標の ${unspent.trials} 試行は実行していません．`,
  ].filter((part) => part !== "")
}
