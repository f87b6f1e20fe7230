import { type Tensor1D, tf } from "../tensor.ts"
import type { UpdateRule } from "./rule.ts"

export interface AdamOptions {
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
}

/** b = √(1 − β₂^(t+1)) / (1 − β₁^(t+1)), which undoes the pull of both averages' start at 0. */
export const biasCorrection = (beta1: number, beta2: number, step: number): number =>
  Math.sqrt(1 - beta2 ** (step + 1)) / (1 - beta1 ** (step + 1))

/** m' and v', the averages that Adam and NAdam share. */
export const averaged = (
  gradient: Tensor1D,
  mean: Tensor1D,
  square: Tensor1D,
  beta1: number,
  beta2: number,
): readonly [Tensor1D, Tensor1D] => [
  tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1)),
  tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2)),
]

/** m₀ = v₀ = 0;  m' = β₁ m + (1 − β₁) ∇l;  v' = β₂ v + (1 − β₂) ∇l²;  θ' = θ − α m' / (√v' + ε) · b */
export const adam = ({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): UpdateRule => ({
  name: "adam",
  slots: [
    { name: "mean", initial: 0 },
    { name: "square", initial: 0 },
  ],
  update: (gradient, [mean, square], rate, step) => {
    const [m, v] = averaged(gradient, mean!, square!, beta1, beta2)
    const direction = tf.div(m, tf.add(tf.sqrt(v), epsilon))
    return { change: tf.mul(direction, rate * biasCorrection(beta1, beta2, step)) as Tensor1D, slots: [m, v] }
  },
})
