import { Schema } from "effect"
import { comesTo, count, described, orElse, point, positive, text } from "./values.ts"

const Override = Schema.Struct({
  rule: text.annotateKey(described("batch-size or training-steps")),
  reason: text.annotateKey(described("Recorded, and shown in the report.")),
})

/** Playbook, "Determining whether to adopt…": complexity has to be worth its gain. */
export const LeastGain = Schema.Struct({
  /** Above 0. */
  value: positive("a gain above 0, in the metric's units"),
  reason: Schema.String.check(Schema.isPattern(/\S/, { expected: "text" })).annotateKey(
    described("What the change costs beside its runs."),
  ),
})

/** A bare name is fixed at what stands when the work starts; `{ width: 128 }` at a value. */
export const fixedField = orElse(
  Schema.Array(
    Schema.Union([text, point]).annotate({ expected: 'a name, or a name with a value such as {"width": 128}' }),
  ).annotateKey(described("A bare name is fixed at the baseline current when the goal starts.")),
  [],
)

export const repeatsField = (description: string) =>
  orElse(count(1, "a whole number of re-runs, at least 1, at most 1000", 1000).annotateKey(described(description)), 5)

/** Playbook, "Determining whether to adopt…": how many re-runs depends on the noise and on the gain worth having. */
const RepeatsToShow = Schema.Struct({
  toShow: positive("a gain above 0, in the metric's units").annotateKey(
    described("The gain that re-runs are to show in four cases of five, in the metric's units."),
  ),
  atMost: orElse(
    count(5, "a whole number of re-runs, at least 5, at most 1000", 1000).annotateKey(
      described("Re-runs of each value at most; 20 unless given."),
    ),
    20,
  ),
})

export const overridesField = orElse(Schema.Array(Override), [])

const DIRECTION = Schema.Literals(["explore", "exploit"])

const fields = {
  kind: orElse(Schema.Literal("goal").annotateKey(described("The kind of work; goal unless given.")), "goal"),
  question: text.annotateKey(described("The goal in words.")),
  /** `explore` compares scientific values (and counts where there are any), `exploit` greedily optimises the metric. */
  direction: Schema.optionalKey(DIRECTION).annotateKey(
    described("explore compares scientific values, exploit greedily optimises; explore where something is scientific."),
  ),
  scientific: orElse(Schema.Array(text), []),
  nuisance: orElse(
    Schema.Array(text).annotateKey(
      described("Needed only to keep a rule from fixing one: unlisted hyperparameters are nuisance."),
    ),
    [],
  ),
  fixed: fixedField,
  /** The goal's total over all studies and refinements; the re-runs of the answer come on top. */
  trials: count(1, "a whole number of trials, at least 1, at most 100000", 100_000).annotateKey(
    described("The goal's total over all studies and refinements; re-runs come on top."),
  ),
  algorithm: orElse(
    Schema.Literals(["halton", "algoperf-halton", "random", "grid", "listed", "bayes"]).annotateKey(
      described("halton unless given. bayes is refused, with the reason: it is for the work final-tuning."),
    ),
    "halton",
  ),
  /** For the algorithm `listed`. */
  points: Schema.optionalKey(Schema.Array(point)).annotateKey(described("For the algorithm listed.")),
  /** `auto`: one study for each scientific value when they are few, one joint study when they are many. */
  studies: orElse(Schema.Literals(["auto", "each", "joint"]), "auto"),
  /** Fresh seeds for the best trial of each scientific value, at the answer. */
  repeats: orElse(
    Schema.Union([
      count(1, 'a whole number of re-runs, at least 1, at most 1000, or a gain to show: {"toShow": 0.01}', 1000),
      RepeatsToShow,
    ]).annotateKey(
      described(
        "Fresh seeds for the best trial of each scientific value; 5 unless given. Or the gain that they are to show: as many then as the baseline's noise asks for.",
      ),
    ),
    5,
  ),
  /** What the change costs beside its runs: launched only for surely more than this gain, in the metric's units. */
  leastGain: Schema.optionalKey(LeastGain).annotateKey(
    described("The winner is launched only where its gain is surely more than this."),
  ),
  overrides: overridesField,
}

/** One question for one round of experiments. Playbook, "Choosing the goal for the next round of experiments". */
export const Goal = comesTo(
  Schema.Struct(fields),
  Schema.Struct({ ...fields, direction: DIRECTION }),
  ({ direction, ...goal }) => ({
    ...goal,
    direction: direction ?? (goal.scientific.length > 0 ? "explore" : "exploit"),
  }),
)
