import { tf } from "../tensor.ts"
import type { Layer } from "./layer.ts"

/**
 * Inverted dropout: each element is 0 with probability `rate` (0 ≤ rate < 1) and scaled by 1 / (1 − rate) otherwise,
 * in training only (Srivastava et al. 2014). The mask is drawn on the host from the layer's own stream, so that every
 * backend drops the same elements and resuming draws them again.
 */
export const dropout = (name: string, rate: number): Layer => {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout rate of ${name} is ${rate}, wanted: 0 ≤ rate < 1`)
  const threshold = rate * 2 ** 32
  const scale = 1 / (1 - rate)
  return {
    parameters: [],
    movings: [],
    apply: (pass, input) => {
      if (!pass.training || rate === 0) return input
      const next = pass.random(name)
      const mask = new Float32Array(input.size)
      for (let i = 0; i < mask.length; i++) mask[i] = next() < threshold ? 0 : scale
      return tf.mul(input, tf.tensor(mask, input.shape))
    },
    draw: (_, input) => input,
  }
}
