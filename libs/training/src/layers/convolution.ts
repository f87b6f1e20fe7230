import { type Tensor, type Tensor4D, tf } from "../tensor.ts"
import { he } from "./initial.ts"
import { type Layer, plain } from "./layer.ts"

/** Square kernel, same padding, no bias (a normalisation follows): [batch, h, w, inputs] -> [batch, h/s, w/s, outputs]. */
export const convolution = (
  name: string,
  inputs: number,
  outputs: number,
  options: { readonly kernel?: number; readonly stride?: number } = {},
): Layer => {
  const { kernel = 3, stride = 1 } = options
  return {
    parameters: [
      {
        name: `${name}/kernel`,
        shape: [kernel, kernel, inputs, outputs],
        initial: he(kernel * kernel * inputs),
        decayed: true,
      },
    ],
    movings: [],
    apply: (pass, input) => tf.conv2d(input as Tensor4D, pass.parameter(`${name}/kernel`) as Tensor4D, stride, "same"),
    draw: (graph, input) => graph.conv2d(input, graph.parameter(`${name}/kernel`), stride),
  }
}

/** Mean over height and width: [batch, h, w, channels] -> [batch, channels]. */
export const globalAverage: Layer = plain(
  (input: Tensor) => tf.mean(input, [1, 2]),
  (graph, input) => graph.mean(input, [1, 2], false),
)
