import { CONFIDENCE } from "./evidence.ts"
import type { LaunchDecision } from "./launch.ts"

/** How often a campaign looked for a candidate that beats what stood, and what chance alone makes of so many looks. */
export interface Looks {
  /** Launches whose runs were compared. */
  readonly compared: number
  readonly adopted: number
  /** Adoptions to be expected on average if no candidate were better, and none of the rule's warnings applied. */
  readonly byChance: number
}

/**
 * Each comparison adopts what is not better in one case of forty at most: the upper half of the two-sided 5 %, shared out
 * where several candidates were compared. So many looks add up, whatever the questions: one that is asked again and again
 * is adopted in the end.
 *
 * @param launches recorded proposals of all the campaign's work, of any version
 */
export const looksOf = (launches: ReadonlyArray<Pick<LaunchDecision, "comparison" | "decision">>): Looks => {
  const compared = launches.filter(({ comparison }) => comparison !== null).length
  return {
    compared,
    adopted: launches.filter(({ decision }) => decision === "adopt").length,
    byChance: (compared * (1 - CONFIDENCE)) / 2,
  }
}
