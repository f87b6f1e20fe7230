import { type Decoded, decodeAt } from "@tanren/space/schema"
import { showFound } from "@tanren/terms"
import { Schema } from "effect"
import { FinalTuning } from "./final-tuning.ts"
import { Goal } from "./goal.ts"
import { Rounds } from "./rounds.ts"

/** The one list of the kinds of work, by the name that campaign files give them. */
const kinds = {
  goal: Goal,
  "final-tuning": FinalTuning,
  rounds: Rounds,
}

/** One piece of work on the agenda. */
export const Work = Schema.Union(Object.values(kinds))

const isKind = (kind: unknown): kind is keyof typeof kinds => typeof kind === "string" && Object.hasOwn(kinds, kind)

/** Decodes by the kind that the work names, a goal where it names none: a union could not tell whose errors it has. */
export const decodeWork = (written: unknown, path: string): Decoded<typeof Work.Type> => {
  const { kind = "goal" } = typeof written === "object" && written !== null && "kind" in written ? written : {}
  if (isKind(kind)) return decodeAt<typeof Work.Type>(kinds[kind], written, path)
  const allowed = Object.keys(kinds).join(", ")
  const issue = { path: `${path}.kind`, message: "is not a kind of work", found: showFound(kind), allowed }
  return { ok: false, issues: [issue], fields: new Set(["kind"]) }
}
