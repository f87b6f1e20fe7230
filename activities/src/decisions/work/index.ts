import type { WorkKind } from "../../contract.ts"
import { finalTuning } from "./final-tuning/index.ts"
import { goal } from "./goal/index.ts"
import type { KindDecides, Run } from "./kind.ts"
import { rounds } from "./rounds/index.ts"

/** The one list of the kinds of work. */
const kinds = {
  goal,
  "final-tuning": finalTuning,
  rounds,
} satisfies { readonly [Kind in WorkKind]: KindDecides<object> }

/** Everything that workflows of some kind of work ask. */
export type WorkDecisions = All<ReturnType<(typeof kinds)[keyof typeof kinds]["activities"]>>

/** `A | B` as `A & B`. */
type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Each) => void
  ? Each
  : never

export const workActivities = (run: Run): WorkDecisions =>
  Object.assign({}, ...Object.values(kinds).map(({ activities }) => activities(run)))

export const proposing = (kind: WorkKind): KindDecides<object>["propose"] => kinds[kind].propose
