import { Schema } from "effect"
import { count, described, positive } from "./values.ts"

const endFactor = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }, { expected: "from 0 to 1" }))

const Schedule = Schema.Union([
  Schema.Struct({ type: Schema.Literal("constant") }),
  Schema.Struct({
    type: Schema.Literal("linear"),
    decayStart: Schema.optionalKey(count(0, "a whole number of steps, 0 or more")).annotateKey(
      described("The step, behind the warmup, at which the decay starts; 0 unless given."),
    ),
    endFactor: endFactor.annotateKey(described("The learning rate at the end, as a share of the base rate.")),
  }),
  Schema.Struct({ type: Schema.Literal("cosine"), endFactor: Schema.optionalKey(endFactor) }),
]).annotate({ expected: 'such as {"type": "linear", "endFactor": 0.01}, {"type": "cosine"} or {"type": "constant"}' })

/** How the trials of a piece of work are trained, where it says so; what is absent stays as what stands has it. */
export const trainingFields = {
  schedule: Schema.optionalKey(Schedule).annotateKey(
    described("The learning rate's course; asks for the duty schedule. As what stands has it unless given."),
  ),
  warmupSteps: Schema.optionalKey(count(0, "a whole number of steps, 0 or more")).annotateKey(
    described("Steps of linear warmup in front; asks for the duty warmup. As what stands has it unless given."),
  ),
  clipNorm: Schema.optionalKey(positive("a norm above 0")).annotateKey(
    described("The norm to which gradients are clipped; asks for the duty clip. As what stands has it unless given."),
  ),
}
