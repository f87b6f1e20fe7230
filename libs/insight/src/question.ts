import type { Text } from "@tanren/words"
import type { Truths } from "./planting/scenario.ts"
import type { Study } from "./study/study.ts"
import type { AnyTelling, Judged } from "./telling.ts"

/** One question of the playbook's checklist: all that the house knows of it. */
export interface Question<Id extends string = string> {
  /** As `analyze --json` prints it, records keep it, and its folder is called. */
  readonly id: Id
  /** As it is asked, over its findings. */
  readonly title: Text
  /** In the middle of a sentence. */
  readonly name: Text
  /** The playbook's section that asks it. */
  readonly section: string
  /** For the table of docs/insight.md, in Markdown. */
  readonly docs: { readonly problem: string; readonly action: string }
  /** At most `watch` where the retraining noise is not known. */
  readonly needsNoise: boolean
  /** Every kind of finding that it makes; a recorded one is told by the first that it fits. */
  readonly tellings: ReadonlyArray<AnyTelling>
  readonly judge: (study: Study) => ReadonlyArray<Judged>
  /** What the bench plants for it; loaded by `@tanren/insight/planted` alone. */
  readonly planted: () => Promise<Truths>
}

export const question = <const Id extends string>(of: Question<Id>): Question<Id> => of
