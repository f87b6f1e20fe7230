import { convolution, globalAverage } from "../layers/convolution.ts"
import { dense, relu } from "../layers/dense.ts"
import { dropout } from "../layers/dropout.ts"
import { ghostBatchNorm } from "../layers/ghost-batch-norm.ts"
import { type Layer, plain, sequence } from "../layers/layer.ts"
import { type Residual, residual } from "../layers/residual.ts"
import { tf } from "../tensor.ts"

/**
 * A small residual network: a convolution, `blocks` blocks x + Norm(conv(relu(Norm(conv(x))))), the mean over the
 * image, logits. Input [batch, side · side] or [batch, side, side, channels] with one channel assumed for the former.
 */
export const residualConvnet = (options: {
  readonly side: number
  readonly channels?: number
  readonly width: number
  readonly blocks: number
  readonly classes: number
  readonly virtualBatch?: number
  /** Before the logits; 0: none. */
  readonly dropoutRate?: number
  readonly residual?: Residual
}): Layer => {
  const { side, channels = 1, width, blocks, classes, virtualBatch = 64, dropoutRate = 0 } = options
  const norm = (name: string): Layer => ghostBatchNorm(name, width, { virtual: virtualBatch })
  const block = (name: string): Layer =>
    residual(
      name,
      options.residual ?? "norm-in-branch",
      sequence(
        convolution(`${name}/first`, width, width),
        norm(`${name}/inner`),
        relu,
        convolution(`${name}/second`, width, width),
      ),
      norm(`${name}/norm`),
    )
  return sequence(
    plain(
      (input) => tf.reshape(input, [-1, side, side, channels]),
      (graph, input) => graph.reshape(input, [-1, side, side, channels]),
    ),
    convolution("stem", channels, width),
    norm("stem/norm"),
    relu,
    ...Array.from({ length: blocks }, (_, i) => sequence(block(`block${i + 1}`), relu)),
    globalAverage,
    dropout("dropout", dropoutRate),
    dense("logits", width, classes, { initial: "glorot" }),
  )
}
