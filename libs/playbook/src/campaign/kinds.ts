import { finalTuningKind } from "../after-exploration/kind.ts"
import { goalKind } from "../choosing-the-goal/kind.ts"
import { roundsKind } from "../compute-bound/kind.ts"
import type { Work } from "./campaign.ts"
import type { KindOfWork, WorkPlan } from "./kind-of-work.ts"

/** The one list of the kinds of work, by the name that campaign files give them. */
const kinds = {
  goal: goalKind,
  "final-tuning": finalTuningKind,
  rounds: roundsKind,
}

/** A record may be of a newer version, which knew more of them. */
export const isKnownKind = ({ kind }: Pick<Work, "kind">): boolean => Object.hasOwn(kinds, kind)

export const newerKindText = ({ kind }: Pick<Work, "kind">, place: number): string =>
  `A newer Tanren wrote this record: the work at place ${place} of its agenda is of a kind that this version does not know (${kind}). To go on, update Tanren.`

export const kindOf = ({ kind }: Pick<Work, "kind">): KindOfWork<Work, WorkPlan> => kinds[kind]
