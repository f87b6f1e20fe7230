import type { RoundDecided, RoundsLayout, Transfer } from "@tanren/playbook"
import { decisionIn } from "../decisions.ts"
import { keys } from "../keys.ts"
import type { DecisionRow } from "../rows.ts"

/** One round of training at one length. */
export interface LengthRound {
  readonly decided: RoundDecided
  /** What of it still holds at the next length; null where that is not known yet, and in the last round. */
  readonly transfer: Transfer | null
}

/** The rounds of growing length as far as they were decided; none of any other kind of work. */
export const lengthRoundsOf = (decisions: ReadonlyArray<DecisionRow>, place: number): ReadonlyArray<LengthRound> => {
  const rounds: Array<LengthRound> = []
  for (let round = 1; ; round++) {
    const decided = decisionIn(decisions, keys.round(place, round))?.outcome
    if (decided === undefined) return rounds
    rounds.push({ decided, transfer: decisionIn(decisions, keys.transfer(place, round))?.outcome ?? null })
  }
}

/** All trials of the work in rounds: as decided for the rounds that are, as laid out for those to come. */
export const trialsOfRounds = (layout: RoundsLayout, rounds: ReadonlyArray<LengthRound>, reruns: number): number => {
  const decided = rounds.reduce((sum, one) => sum + (one.decided.study?.trials ?? 0), 0)
  const toCome = layout.rounds.slice(rounds.length).reduce((sum, { trials }) => sum + trials, 0)
  return decided + toCome + reruns
}
