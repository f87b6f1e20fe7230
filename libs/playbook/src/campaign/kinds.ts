import { goalKind } from "../choosing-the-goal/kind.ts"
import type { Work } from "./campaign.ts"
import type { KindOfWork, WorkPlan } from "./kind-of-work.ts"

/** The one list of the kinds of work, by the name that campaign files give them. */
const kinds = {
  goal: goalKind,
}

export const kindOf = ({ kind }: Pick<Work, "kind">): KindOfWork<Work, WorkPlan> => kinds[kind]
