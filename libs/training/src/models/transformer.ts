import { positions, selfAttention } from "../layers/attention.ts"
import { dense, relu } from "../layers/dense.ts"
import { dropout } from "../layers/dropout.ts"
import { type Layer, plain, sequence } from "../layers/layer.ts"
import { layerNorm } from "../layers/layer-norm.ts"
import { type Residual, residual } from "../layers/residual.ts"
import { tf } from "../tensor.ts"

/**
 * A small Transformer encoder that classifies a sequence of `length` places with `size` features each by the mean over
 * its places: [batch, length · size] -> logits [batch, classes]. Dropout falls on each branch before it is added.
 */
export const transformer = (options: {
  readonly length: number
  readonly size: number
  readonly width: number
  readonly heads: number
  readonly layers: number
  readonly classes: number
  /** 0: none. */
  readonly dropoutRate?: number
  readonly residual?: Residual
}): Layer => {
  const { length, size, width, heads, layers, classes, dropoutRate = 0, residual: kind = "norm-in-branch" } = options
  const branch = (name: string, inner: Layer): Layer =>
    residual(name, kind, sequence(inner, dropout(`${name}/dropout`, dropoutRate)), layerNorm(`${name}/norm`, width))
  const block = (name: string): Layer =>
    sequence(
      branch(`${name}/attention`, selfAttention(`${name}/attention`, width, heads)),
      branch(
        `${name}/dense`,
        sequence(dense(`${name}/wide`, width, 4 * width), relu, dense(`${name}/narrow`, 4 * width, width)),
      ),
    )
  return sequence(
    plain(
      (input) => tf.reshape(input, [-1, length, size]),
      (graph, input) => graph.reshape(input, [-1, length, size]),
    ),
    dense("embedding", size, width, { initial: "glorot" }),
    positions("positions", length, width),
    ...Array.from({ length: layers }, (_, i) => block(`block${i + 1}`)),
    plain(
      (input) => tf.mean(input, 1),
      (graph, input) => graph.mean(input, [1], false),
    ),
    dense("logits", width, classes, { initial: "glorot" }),
  )
}
