import { type Tensor1D, tf } from "../tensor.ts"
import type { UpdateRule } from "./rule.ts"

/**
 * v₀ = 1, m₀ = 0;  v' = ρ v + (1 − ρ) ∇l(θ)²;  m' = γ m + η / √(v' + ε) ∇l(θ);  θ' = θ − m'
 *
 * v starts at 1 and ε stands under the root, as the playbook writes it (and TensorFlow 1 did; PyTorch does neither).
 */
export const rmsprop = (
  options: { readonly rho?: number; readonly momentum?: number; readonly epsilon?: number } = {},
): UpdateRule => {
  const { rho = 0.9, momentum: gamma = 0, epsilon = 1e-10 } = options
  return {
    name: "rmsprop",
    slots: [
      { name: "square", initial: 1 },
      { name: "velocity", initial: 0 },
    ],
    update: (gradient, [square, velocity], rate) => {
      const nextSquare = tf.add(tf.mul(square!, rho), tf.mul(tf.square(gradient), 1 - rho)) as Tensor1D
      const scaled = tf.mul(tf.div(gradient, tf.sqrt(tf.add(nextSquare, epsilon))), rate)
      const next = tf.add(tf.mul(velocity!, gamma), scaled) as Tensor1D
      return { change: next, slots: [nextSquare, next] }
    },
  }
}
