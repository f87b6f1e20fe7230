import { Schema } from "effect"
import { fixedField, LeastGain, overridesField, repeatsField } from "./goal.ts"
import { trainingFields } from "./training.ts"
import { count, described, orElse, text } from "./values.ts"

const steps = count(1, "a whole number of steps, at least 1")

/** Lengths and trials round by round. */
const Listed = Schema.Array(
  Schema.Struct({
    maxTrainSteps: steps,
    trials: count(0, "a whole number of trials, 0 or more, at most 100000", 100_000).annotateKey(
      described("Of a later round: what stands among them, and the best points of the round before."),
    ),
  }),
).check(Schema.isMinLength(1, { expected: "1 to 9 rounds" }), Schema.isMaxLength(9, { expected: "1 to 9 rounds" }))

/**
 * Longer training in rounds: many short trials first, few long ones at their best points. Playbook, "Deciding how long
 * to train when training is compute-bound".
 */
export const Rounds = Schema.Struct({
  kind: Schema.Literal("rounds"),
  question: text.annotateKey(described("What the longer training is to show, in words.")),
  maxTrainSteps: steps.annotateKey(described("The full length, which the last round trains.")),
  /** A number: lengths grow geometrically from what stands' to the full one. */
  rounds: orElse(
    Schema.Union([count(1, "a number of rounds from 1 to 9", 9), Listed])
      .annotate({ expected: 'a number of rounds from 1 to 9, or a list of {"maxTrainSteps", "trials"}' })
      .annotateKey(
        described("2 unless given; lengths then grow evenly on a log scale, from what stands' to the full."),
      ),
    2,
  ),
  trials: Schema.optionalKey(count(0, "a whole number of trials, 0 or more, at most 100000", 100_000)).annotateKey(
    described("Of round 1; 0 where the goals before explored at that length: their trials are then round 1."),
  ),
  steps: Schema.optionalKey(steps).annotateKey(
    described("In place of trials: training steps in all, re-runs included. Round 1 gets what the others leave."),
  ),
  best: Schema.optionalKey(count(1, "a whole number of points, at least 1, at most 1000", 1000)).annotateKey(
    described(
      "Best points that each later round takes over, besides what stands; 5 unless given, or all where round 1 has fewer.",
    ),
  ),
  continues: Schema.optionalKey(Schema.Boolean.annotate({ expected: "true or false" })).annotateKey(
    described(
      "Later rounds' runs go on from checkpoints of their shorter runs, with the same seeds, where the schedule is set by the campaign and the program declares `prolong`. false unless given.",
    ),
  ),
  ...trainingFields,
  fixed: fixedField,
  repeats: repeatsField("Fresh seeds for each candidate at full length; 5 unless given."),
  top: orElse(
    count(1, "a whole number of candidates, at least 1, at most 10", 10).annotateKey(
      described("Candidates that are run again at full length, besides what stands; 1 unless given."),
    ),
    1,
  ),
  leastGain: Schema.optionalKey(LeastGain).annotateKey(
    described("The winner is launched only where its gain is surely more than this."),
  ),
  overrides: overridesField,
})
