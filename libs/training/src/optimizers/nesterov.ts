import { type Tensor1D, tf } from "../tensor.ts"
import type { UpdateRule } from "./rule.ts"

/** v₀ = 0;  v' = γ v + ∇l(θ);  θ' = θ − η (γ v' + ∇l(θ)) */
export const nesterov = ({ momentum: gamma }: { readonly momentum: number }): UpdateRule => ({
  name: "nesterov",
  slots: [{ name: "velocity", initial: 0 }],
  update: (gradient, [velocity], rate) => {
    const next = tf.add(tf.mul(velocity!, gamma), gradient) as Tensor1D
    return { change: tf.mul(tf.add(tf.mul(next, gamma), gradient), rate) as Tensor1D, slots: [next] }
  },
})
