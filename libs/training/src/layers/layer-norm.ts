import { tf } from "../tensor.ts"
import { filled } from "./initial.ts"
import type { Layer } from "./layer.ts"

const EPSILON = 1e-5

/** Normalises each example over its last axis (Ba, Kiros and Hinton 2016). */
export const layerNorm = (name: string, features: number): Layer => ({
  parameters: [
    { name: `${name}/gain`, shape: [features], initial: filled(1), decayed: false },
    { name: `${name}/offset`, shape: [features], initial: filled(0), decayed: false },
  ],
  movings: [],
  apply: (pass, input) => {
    const { mean, variance } = tf.moments(input, -1, true)
    const normalised = tf.mul(tf.sub(input, mean), tf.rsqrt(tf.add(variance, EPSILON)))
    return tf.add(tf.mul(normalised, pass.parameter(`${name}/gain`)), pass.parameter(`${name}/offset`))
  },
  draw: (graph, input) => {
    const last = [input.shape.length - 1]
    const centred = graph.both("Sub", input, graph.mean(input, last, true))
    const variance = graph.mean(graph.both("Mul", centred, centred), last, true)
    const inverse = graph.each("Rsqrt", graph.both("AddV2", variance, graph.constant([], Float32Array.of(EPSILON))))
    const scaled = graph.both("Mul", graph.both("Mul", centred, inverse), graph.parameter(`${name}/gain`))
    return graph.both("AddV2", scaled, graph.parameter(`${name}/offset`))
  },
})
