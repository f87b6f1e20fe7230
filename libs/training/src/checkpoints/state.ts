import type { UpdateRule } from "../optimizers/rule.ts"
import { type Tensor1D, tf } from "../tensor.ts"
import type { TrainingState } from "../training-step.ts"
import type { Checkpoint } from "./file.ts"

const slotName = (rule: UpdateRule, index: number): string => `${rule.name}/${rule.slots[index]!.name}`

/** Weights, slots and moving averages by name; data position and random states are functions of the step. */
export const toCheckpoint = (
  training: TrainingState,
  rule: UpdateRule,
  state: Readonly<Record<string, unknown>>,
): Checkpoint => ({
  step: training.step,
  vectors: {
    parameters: training.parameters.dataSync<"float32">(),
    movings: training.movings.dataSync<"float32">(),
    ...Object.fromEntries(training.slots.map((slot, i) => [slotName(rule, i), slot.dataSync<"float32">()])),
  },
  state,
})

/** Refuses (throws) a checkpoint of another model or optimizer: going on from it would be a different run. */
export const fromCheckpoint = (
  checkpoint: Checkpoint,
  rule: UpdateRule,
  sizes: { readonly parameters: number; readonly movings: number },
): TrainingState => {
  const vector = (name: string, size: number): Tensor1D => {
    const values = checkpoint.vectors[name]
    if (values?.length !== size) {
      const found = values === undefined ? "no such vector" : `${values.length} numbers`
      throw new Error(`checkpoint of step ${checkpoint.step}: ${name} has ${found}, this model has ${size}`)
    }
    return tf.tensor1d(values)
  }
  return {
    step: checkpoint.step,
    parameters: vector("parameters", sizes.parameters),
    movings: vector("movings", sizes.movings),
    slots: rule.slots.map((_, i) => vector(slotName(rule, i), sizes.parameters)),
  }
}
