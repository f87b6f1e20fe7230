import { Schema } from "effect"
import { Limits, Policy } from "./policy.ts"
import { Trainer } from "./trainer.ts"
import { count, described, orElse, point, text } from "./values.ts"
import { Work } from "./work.ts"

const Metric = Schema.Struct({
  name: text.annotateKey(described("As the training program reports it: valid/error.")),
  goal: Schema.Literals(["minimize", "maximize"]),
  chance: Schema.optionalKey(Schema.Finite).annotateKey(
    described(
      "What guessing would score; a baseline that is no better ends the campaign. 0.9 for the error of ten classes.",
    ),
  ),
})

/**
 * A campaign, field by field, once: what a file may write (`Encoded`), what it comes to with defaults filled in
 * (`Type`), and the JSON Schema. What fields mean together is judged by `decodeCampaign`, as are hyperparameters, which
 * a file gives in either of two forms.
 */
export const Campaign = Schema.Struct({
  $schema: Schema.optionalKey(Schema.String),
  version: orElse(Schema.Literal(1), 1),
  name: Schema.String.check(
    Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      expected: "letters, digits, dots, dashes and underscores, 64 at most: it becomes a folder and workflow ids",
    }),
  ),
  seed: orElse(count(0, "a whole number, 0 or more"), 0),
  trainer: Trainer,
  metric: Metric,
  /** In `stepUnit`s. */
  maxTrainSteps: count(1, "a whole number of steps, at least 1"),
  evalEverySteps: count(1, "a whole number of steps, at least 1"),
  stepUnit: orElse(Schema.Literals(["step", "epoch", "example", "token"]), "step"),
  /**
   * How the learning rate runs in every trial; absent where nobody said. Where it decays to the end, late improvement and
   * a late best step are normal, and otherwise they say that training is too short (playbook, "Examining the training
   * curves"). Under one that rises and falls again (cyclic, warm restarts) the metric swings with it, which otherwise
   * points to a bug ("Setting up periodic evaluations").
   */
  schedule: Schema.optionalKey(Schema.Literals(["constant", "decays-to-end", "cyclic"])).annotateKey(
    described(
      "How the learning rate runs in every trial: where it is constant, improvement to the last step says that training is too short; unless given, that is at most worth a look. Where it rises and falls again (cyclic: warm restarts, too), or nothing is given, a validation metric that swings is no sign of a bug.",
    ),
  ),
  hyperparameters: Schema.Unknown.annotateKey(
    described("A list of hyperparameters with names, or an object of hyperparameters by name."),
  ),
  /** The starting configuration: flat names, active hyperparameters only, complete. */
  baseline: point.annotateKey(described("The starting configuration: active hyperparameters only, complete.")),
  /** The agenda: carried out in this order. */
  goals: Schema.Array(Work).check(Schema.isMinLength(1, { expected: "at least one goal" })),
  policy: orElse(Policy, {}),
  limits: orElse(Limits, {}),
})
