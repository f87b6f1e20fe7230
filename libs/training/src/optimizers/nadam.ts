import { type Tensor1D, tf } from "../tensor.ts"
import { type AdamOptions, averaged, biasCorrection } from "./adam.ts"
import type { UpdateRule } from "./rule.ts"

/** As Adam, with θ' = θ − α (β₁ m' + (1 − β₁) ∇l) / (√v' + ε) · b */
export const nadam = ({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): UpdateRule => ({
  name: "nadam",
  slots: [
    { name: "mean", initial: 0 },
    { name: "square", initial: 0 },
  ],
  update: (gradient, [mean, square], rate, step) => {
    const [m, v] = averaged(gradient, mean!, square!, beta1, beta2)
    const ahead = tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1))
    const direction = tf.div(ahead, tf.add(tf.sqrt(v), epsilon))
    return { change: tf.mul(direction, rate * biasCorrection(beta1, beta2, step)) as Tensor1D, slots: [m, v] }
  },
})
