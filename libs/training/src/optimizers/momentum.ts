import { type Tensor1D, tf } from "../tensor.ts"
import type { UpdateRule } from "./rule.ts"

/** v₀ = 0;  v' = γ v + ∇l(θ);  θ' = θ − η v' */
export const momentum = ({ momentum: gamma }: { readonly momentum: number }): UpdateRule => ({
  name: "momentum",
  slots: [{ name: "velocity", initial: 0 }],
  update: (gradient, [velocity], rate) => {
    const next = tf.add(tf.mul(velocity!, gamma), gradient) as Tensor1D
    return { change: tf.mul(next, rate), slots: [next] }
  },
})
