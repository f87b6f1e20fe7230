import { type Hyperparameter, type Meaning, meaningOf } from "@tanren/terms"
import type { ScriptOption } from "./read-options.ts"

/** What training scripts call things beside the names that the rules know by themselves; the file then says `meaning`. */
const FURTHER: ReadonlyArray<readonly [Meaning, RegExp]> = [
  ["learning-rate", /^(lr_?(base|max|peak|0)|(base|max|peak)_?(lr|learning_rate))$/],
  ["regulariser", /^(smoothing|drop|(p|prob)_?drop|drop_?(p|prob)|re_?prob|random_erasing|[hv]flip|colou?r_jitter)$/],
  ["clipping", /^(clip_grad|grad_max_norm|max_norm)$/],
]

/** What an option's name says of it. */
export const meaningOfOption = ({ name, kind }: Pick<ScriptOption, "name" | "kind">): Meaning => {
  const known = meaningOf(
    kind === "bool" ? { name, type: "boolean" } : { name, type: kind === "int" ? "int" : "float", low: 0, high: 1 },
  )
  const last = (name.split(/[./]/).at(-1) ?? name).toLowerCase()
  return known === "other" && kind !== "bool"
    ? (FURTHER.find(([, pattern]) => pattern.test(last))?.[0] ?? "other")
    : known
}

/** With its meaning where the rules would not know it by the name. */
export const stated = <One extends Hyperparameter>(one: One, meaning: Meaning): One =>
  meaning === "other" || meaningOf(one) === meaning ? one : { ...one, meaning }
