import { type Tensor2D, tf } from "../tensor.ts"
import { filled, glorot, he } from "./initial.ts"
import { type Layer, plain } from "./layer.ts"

/** x W + b over the last axis; [batch, inputs] -> [batch, outputs], or [batch, length, inputs] alike. */
export const dense = (
  name: string,
  inputs: number,
  outputs: number,
  options: { readonly initial?: "he" | "glorot"; readonly bias?: boolean } = {},
): Layer => {
  const { initial = "he", bias = true } = options
  const weight = `${name}/weight`
  const offset = `${name}/bias`
  return {
    parameters: [
      {
        name: weight,
        shape: [inputs, outputs],
        initial: initial === "he" ? he(inputs) : glorot(inputs, outputs),
        decayed: true,
      },
      ...(bias ? [{ name: offset, shape: [outputs], initial: filled(0), decayed: false }] : []),
    ],
    movings: [],
    apply: (pass, input) => {
      const rows = input.rank === 2 ? input : tf.reshape(input, [-1, inputs])
      const product = tf.matMul(rows as Tensor2D, pass.parameter(weight) as Tensor2D)
      const sum = bias ? tf.add(product, pass.parameter(offset)) : product
      return input.rank === 2 ? sum : tf.reshape(sum, [...input.shape.slice(0, -1), outputs])
    },
    draw: (graph, input) => {
      const flat = input.shape.length === 2
      const product = graph.matMul(flat ? input : graph.reshape(input, [-1, inputs]), graph.parameter(weight))
      const sum = bias ? graph.both("AddV2", product, graph.parameter(offset)) : product
      return flat ? sum : graph.reshape(sum, [...input.shape.slice(0, -1), outputs])
    },
  }
}

export const relu: Layer = plain(
  (input) => tf.relu(input),
  (graph, input) => graph.each("Relu", input),
)
