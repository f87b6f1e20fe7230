import { type Tensor1D, tf } from "../tensor.ts"
import type { UpdateRule } from "./rule.ts"

/** θ' = θ − η ∇l(θ) */
export const sgd = (): UpdateRule => ({
  name: "sgd",
  slots: [],
  update: (gradient, slots, rate) => ({ change: tf.mul(gradient, rate) as Tensor1D, slots }),
})
