import { describe, nameOf } from "@tanren/insight"
import type { Told } from "../told.ts"
import type { OpenProblems } from "./open-problems.ts"

/** So many are told in full, further ones by name. */
const TOLD = 3

/** A caveat for each, none where nothing is open. */
export const openProblemsText: Told<OpenProblems, ReadonlyArray<string>> = {
  en: ({ findings, unspent }) => {
    const told = findings
      .slice(0, TOLD)
      .map((finding) => `Caveat: ${nameOf(finding)} is still a problem. ${finding.text}`)
    const others = findings.slice(TOLD).map(nameOf)
    return [
      ...told,
      others.length === 0 ? "" : `Caveat: also still a problem: ${others.join(", ")}.`,
      unspent === null ? "" : `Caveat: ${unspent.trials} trials of the goal were not spent: ${unspent.why}.`,
    ].filter((part) => part !== "")
  },
  ja: ({ findings, unspent }) => {
    const told = findings.slice(0, TOLD).map((finding) => `留意：次の問題が残っています．${describe(finding, "ja")}`)
    const others = findings.length - told.length
    return [
      ...told,
      others === 0 ? "" : `留意：ほかにも ${others} 件の問題が残っています（所見を参照）．`,
      unspent === null ? "" : `留意：${unspentReason(unspent)}，この目標の ${unspent.trials} 試行は実行していません．`,
    ].filter((part) => part !== "")
  },
}

type Unspent = NonNullable<OpenProblems["unspent"]>

const reasons: { readonly [Because in Unspent["because"]]: string } = {
  "cure-first": "先に直すべき問題があるため",
  "not-asked-for": "提案された改良が求められなかったため",
}

const unspentReason = ({ because, why }: Unspent): string => (Object.hasOwn(reasons, because) ? reasons[because] : why)
