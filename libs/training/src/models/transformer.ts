import { embedding, selfAttention } from "../layers/attention.ts"
import { dense, relu } from "../layers/dense.ts"
import { type Layer, plain, sequence } from "../layers/layer.ts"
import { layerNorm } from "../layers/layer-norm.ts"
import { preResidualNorm } from "../layers/residual.ts"
import { tf } from "../tensor.ts"

/**
 * A small Transformer encoder that classifies a sequence of whole numbers [batch, length] by the mean over its places:
 * logits [batch, classes].
 */
export const transformer = (options: {
  readonly symbols: number
  readonly length: number
  readonly width: number
  readonly heads: number
  readonly layers: number
  readonly classes: number
}): Layer => {
  const { symbols, length, width, heads, layers, classes } = options
  const block = (name: string): Layer =>
    sequence(
      preResidualNorm(selfAttention(`${name}/attention`, width, heads), layerNorm(`${name}/attention/norm`, width)),
      preResidualNorm(
        sequence(dense(`${name}/wide`, width, 4 * width), relu, dense(`${name}/narrow`, 4 * width, width)),
        layerNorm(`${name}/norm`, width),
      ),
    )
  return sequence(
    embedding("embedding", symbols, length, width),
    ...Array.from({ length: layers }, (_, i) => block(`block${i + 1}`)),
    plain(
      (input) => tf.mean(input, 1),
      (graph, input) => graph.mean(input, [1], false),
    ),
    dense("logits", width, classes, { initial: "glorot" }),
  )
}
