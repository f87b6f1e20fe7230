import type { QuestionId } from "../../questions/index.ts"
import type { InsightInput } from "../../study/input.ts"
import type { Setting } from "../scenario.ts"

/** A problem that is there. */
export interface Present {
  readonly question: QuestionId
  /** What it is about; absent where it is the whole study. */
  readonly subject?: string
}

/**
 * A kind of study about which every question is asked. What is neither present nor open is absent: a problem there is a
 * false alarm.
 */
export interface World {
  readonly name: string
  readonly make: (setting: Setting) => InsightInput
  readonly present: ReadonlyArray<Present>
  /** Questions to which this world has no one answer. */
  readonly open: ReadonlyArray<QuestionId>
}
