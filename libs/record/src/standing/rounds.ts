import type { Refinement } from "@tanren/playbook"
import type { StudyDesign } from "@tanren/search"
import type { Finding } from "@tanren/terms"
import { decisionIn } from "../decisions.ts"
import { keys } from "../keys.ts"
import type { DecisionRow } from "../rows.ts"

/** One time that a goal's results were read, and what came of it. */
export interface Round {
  /** 1, 2, … */
  readonly round: number
  readonly findings: ReadonlyArray<Finding>
  /** Null while the findings are not acted on yet. */
  readonly refinement: Refinement | null
  /** What a person said of the refinement, or their silence; null where nobody was asked, or is still being waited for. */
  readonly word: "refine" | "judge" | null
  /** What runs of the refinement: nothing of one that was refused, or that waits for a word. */
  readonly studies: ReadonlyArray<StudyDesign>
  readonly waits: boolean
}

/**
 * A goal's rounds as far as they were recorded, oldest first.
 *
 * @param asks whether a person is asked before studies are refined
 */
export const roundsOf = (decisions: ReadonlyArray<DecisionRow>, goal: number, asks: boolean): ReadonlyArray<Round> => {
  const rounds: Array<Round> = []
  for (let round = 1; ; round++) {
    const found = decisionIn(decisions, keys.findings(goal, round))
    if (found === undefined) return rounds
    const refinement = decisionIn(decisions, keys.refinement(goal, round))?.outcome ?? null
    const word = decisionIn(decisions, keys.refinementWord(goal, round))?.outcome ?? null
    const proposed = refinement?.studies ?? []
    rounds.push({
      round,
      findings: found.outcome,
      refinement,
      word,
      studies: asks && word !== "refine" ? [] : proposed,
      waits: asks && word === null && proposed.length > 0,
    })
  }
}
