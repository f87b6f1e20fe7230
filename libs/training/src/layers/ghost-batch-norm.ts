import { type Tensor, tf } from "../tensor.ts"
import { filled } from "./initial.ts"
import type { Layer } from "./layer.ts"

const EPSILON = 1e-5

/** Examples `from` ... `to` − 1 of a batch, normalised by the statistics of examples `statisticsFrom` ... `to` − 1. */
interface VirtualBatch {
  readonly from: number
  readonly to: number
  readonly statisticsFrom: number
}

/**
 * The virtual batches that `batch` examples are cut into: whole ones of `virtual` examples, and what is left over, which
 * takes the statistics of the last `virtual` examples, some of which the virtual batch before has normalised already.
 * So each statistic is one of exactly `virtual` examples (of the whole batch, where that is smaller). Playbook, "Batch
 * normalization implementation details": with a device's batch above the virtual one, the batch is sampled for the
 * proper number of examples. Fewer and larger parts would regularise less than was asked for, by up to twice the
 * examples, and a small last part has hardly a variance.
 */
export const virtualBatches = (batch: number, virtual: number): ReadonlyArray<VirtualBatch> =>
  Array.from({ length: Math.ceil(batch / virtual) }, (_, i) => {
    const to = Math.min(batch, (i + 1) * virtual)
    return { from: i * virtual, to, statisticsFrom: Math.max(0, to - virtual) }
  })

/**
 * Batch normalisation over virtual batches (Hoffer, Hubara and Soudry 2017): statistics of 64 examples, whatever larger
 * batch the device takes, so that the batch size does not change the regularisation. Over the last axis; in evaluation
 * by moving averages, which go with the checkpoint. They move once a step, towards the mean of the virtual batches'
 * statistics, each weighted by the examples that it normalised.
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

      const batch = input.shape[0]!
      const parts = virtualBatches(batch, virtual)
      const examples = (from: number, to: number): Tensor =>
        to - from === batch
          ? input
          : tf.slice(input, [from, ...input.shape.slice(1).map(() => 0)], [to - from, ...input.shape.slice(1)])
      const axes = input.shape.slice(0, -1).map((_, axis) => axis)
      const moments = parts.map(({ statisticsFrom, to }) => tf.moments(examples(statisticsFrom, to), axes))
      const average = (tensors: ReadonlyArray<Tensor>): Tensor =>
        tf.addN(tensors.map((tensor, i) => tf.mul(tensor, (parts[i]!.to - parts[i]!.from) / batch)))
      const towards = (old: string, fresh: Tensor): void =>
        pass.move(old, tf.add(tf.mul(pass.moving(old), decay), tf.mul(fresh, 1 - decay)))
      towards(mean!, average(moments.map((moment) => moment.mean)))
      towards(variance!, average(moments.map((moment) => moment.variance)))
      const normalised = parts.map(({ from, to }, i) =>
        scaled(examples(from, to), moments[i]!.mean, moments[i]!.variance),
      )
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
