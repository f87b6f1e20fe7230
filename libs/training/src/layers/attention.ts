import { type Tensor, tf } from "../tensor.ts"
import { dense } from "./dense.ts"
import { glorot } from "./initial.ts"
import { drawn, type Layer } from "./layer.ts"

/** Multi-head self-attention without a mask (Vaswani et al. 2017): [batch, length, width] -> the same. */
export const selfAttention = (name: string, width: number, heads: number): Layer => {
  if (width % heads !== 0) throw new RangeError(`width ${width} of ${name} is not a multiple of its ${heads} heads`)
  const project = dense(`${name}/project`, width, 3 * width, { initial: "glorot" })
  const output = dense(`${name}/output`, width, width, { initial: "glorot" })
  const size = width / heads
  return {
    parameters: [...project.parameters, ...output.parameters],
    movings: [],
    apply: (pass, input) => {
      const [batch, length] = input.shape as [number, number, number]
      const byHead = (x: Tensor): Tensor =>
        tf.reshape(tf.transpose(tf.reshape(x, [batch, length, heads, size]), [0, 2, 1, 3]), [
          batch * heads,
          length,
          size,
        ])
      const [query, key, value] = tf.split(project.apply(pass, input), 3, -1).map(byHead) as [Tensor, Tensor, Tensor]
      const scores = tf.mul(tf.matMul(query, key, false, true), 1 / Math.sqrt(size))
      const mixed = tf.reshape(tf.matMul(tf.softmax(scores), value), [batch, heads, length, size])
      return output.apply(pass, tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch, length, width]))
    },
    draw: (graph, input) => {
      const length = input.shape[1]!
      // [examples, length, query | key | value, heads, size] -> [query | key | value, examples, heads, length, size]
      const parts = graph.transpose(
        graph.reshape(drawn(project, graph, input), [-1, length, 3, heads, size]),
        [2, 0, 3, 1, 4],
      )
      const part = (index: number) => graph.rows(parts, graph.constant([], Float32Array.of(index)))
      const scale = graph.constant([], Float32Array.of(1 / Math.sqrt(size)))
      const scores = graph.both("Mul", graph.batchMatMul(part(0), part(1), true), scale)
      const mixed = graph.batchMatMul(graph.each("Softmax", scores), part(2), false)
      return drawn(output, graph, graph.reshape(graph.transpose(mixed, [0, 2, 1, 3]), [-1, length, width]))
    },
  }
}

/** A trained vector for each place, added to what stands there: [batch, length, width] -> the same. */
export const positions = (name: string, length: number, width: number): Layer => ({
  parameters: [{ name, shape: [length, width], initial: glorot(length, width), decayed: false }],
  movings: [],
  apply: (pass, input) => tf.add(input, pass.parameter(name)),
  draw: (graph, input) => graph.both("AddV2", input, graph.parameter(name)),
})
