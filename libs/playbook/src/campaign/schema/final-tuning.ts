import { Schema } from "effect"
import { fixedField, LeastGain, overridesField, repeatsField } from "./goal.ts"
import { count, described, orElse, text } from "./values.ts"

/** The last search, for one best configuration instead of insight. Playbook, "After exploration concludes". */
export const FinalTuning = Schema.Struct({
  kind: Schema.Literal("final-tuning"),
  question: text.annotateKey(described("What is tuned for the last time, in words.")),
  /** At most: it ends before where no further trial is expected to gain what re-runs could show. */
  trials: count(1, "a whole number of trials, at least 1, at most 100000", 100_000).annotateKey(
    described("At most; the search ends earlier where it is expected to gain no more. Re-runs come on top."),
  ),
  /** Trials of one batch: each batch is chosen with the results of all before it. */
  parallel: orElse(
    count(1, "a whole number of trials, at least 1, at most 1000", 1000).annotateKey(
      described("Trials that are chosen together, before any of them has run; 4 unless given."),
    ),
    4,
  ),
  algorithm: orElse(
    Schema.Literals(["bayes", "halton"]).annotateKey(
      described("bayes, unless halton is given: quasi-random search in the refined space, all trials at once."),
    ),
    "bayes",
  ),
  fixed: fixedField,
  /** Points that are run again with fresh seeds, by the model's expectation. */
  top: orElse(
    count(1, "a whole number of candidates, at least 1, at most 10", 10).annotateKey(
      described("Candidates that are run again with fresh seeds; 3 unless given."),
    ),
    3,
  ),
  repeats: repeatsField("Fresh seeds for each candidate; 5 unless given."),
  leastGain: Schema.optionalKey(LeastGain).annotateKey(
    described("The winner is launched only where its gain is surely more than this."),
  ),
  overrides: overridesField,
})
