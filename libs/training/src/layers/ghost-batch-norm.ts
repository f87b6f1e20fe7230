import { type Tensor, tf } from "../tensor.ts"
import { filled } from "./initial.ts"
import type { Layer } from "./layer.ts"

const EPSILON = 1e-5

/**
 * Sizes of the virtual batches that `batch` examples are cut into: as many as there are whole ones, as equal as can be,
 * so that none is smaller than `virtual` (unless the batch itself is) and none has too few examples for a variance.
 */
export const virtualBatches = (batch: number, virtual: number): ReadonlyArray<number> => {
  const groups = Math.max(1, Math.floor(batch / virtual))
  return Array.from(
    { length: groups },
    (_, i) => Math.floor(((i + 1) * batch) / groups) - Math.floor((i * batch) / groups),
  )
}

/**
 * Batch normalisation over virtual batches (Hoffer, Hubara and Soudry 2017): statistics of 64 examples, whatever batch
 * the device takes, so that the batch size does not change the regularisation. Playbook, "Batch normalization
 * implementation details". Over the last axis; in evaluation by moving averages, which go with the checkpoint.
 */
export const ghostBatchNorm = (
  name: string,
  channels: number,
  options: { readonly virtual?: number; readonly decay?: number } = {},
): Layer => {
  const { virtual = 64, decay = 0.9 } = options
  const [gain, offset, mean, variance] = ["gain", "offset", "mean", "variance"].map((part) => `${name}/${part}`)
  return {
    parameters: [
      { name: gain!, shape: [channels], initial: filled(1), decayed: false },
      { name: offset!, shape: [channels], initial: filled(0), decayed: false },
    ],
    movings: [
      { name: mean!, shape: [channels], initial: 0 },
      { name: variance!, shape: [channels], initial: 1 },
    ],
    apply: (pass, input) => {
      const scaled = (x: Tensor, m: Tensor, v: Tensor): Tensor =>
        tf.mul(tf.sub(x, m), tf.mul(tf.rsqrt(tf.add(v, EPSILON)), pass.parameter(gain!)))
      const shift = pass.parameter(offset!)
      if (!pass.training) return tf.add(scaled(input, pass.moving(mean!), pass.moving(variance!)), shift)

      const sizes = virtualBatches(input.shape[0]!, virtual)
      const parts = sizes.length === 1 ? [input] : tf.split(input, [...sizes])
      const axes = input.shape.slice(0, -1).map((_, axis) => axis)
      const moments = parts.map((part) => tf.moments(part, axes))
      const average = (tensors: ReadonlyArray<Tensor>): Tensor => tf.div(tf.addN([...tensors]), tensors.length)
      const towards = (old: string, fresh: Tensor): void =>
        pass.move(old, tf.add(tf.mul(pass.moving(old), decay), tf.mul(fresh, 1 - decay)))
      towards(mean!, average(moments.map((moment) => moment.mean)))
      towards(variance!, average(moments.map((moment) => moment.variance)))
      const normalised = parts.map((part, i) => scaled(part, moments[i]!.mean, moments[i]!.variance))
      return tf.add(normalised.length === 1 ? normalised[0]! : tf.concat(normalised), shift)
    },
    draw: (graph, input) => {
      const gains = graph.read(gain!).values
      const variances = graph.read(variance!).values
      const scale = graph.constant(
        [channels],
        gains.map((one, i) => one / Math.sqrt(variances[i]! + EPSILON)),
      )
      const scaled = graph.both("Mul", graph.both("Sub", input, graph.parameter(mean!)), scale)
      return graph.both("AddV2", scaled, graph.parameter(offset!))
    },
  }
}
