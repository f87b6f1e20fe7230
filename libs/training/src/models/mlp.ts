import { dense, relu } from "../layers/dense.ts"
import { dropout } from "../layers/dropout.ts"
import { type Layer, sequence } from "../layers/layer.ts"

export interface MlpOptions {
  readonly inputs: number
  readonly hidden: ReadonlyArray<number>
  readonly classes: number
  /** 0: none. */
  readonly dropoutRate?: number
}

/** Fully connected: [batch, inputs] -> hidden layers with ReLU, each followed by dropout -> logits [batch, classes]. */
export const mlp = (options: MlpOptions): Layer => {
  const { inputs, hidden, classes, dropoutRate = 0 } = options
  const widths = [inputs, ...hidden]
  return sequence(
    ...hidden.flatMap((width, i) => [
      dense(`hidden${i + 1}`, widths[i]!, width),
      relu,
      ...(dropoutRate > 0 ? [dropout(`dropout${i + 1}`, dropoutRate)] : []),
    ]),
    dense("logits", widths.at(-1)!, classes, { initial: "glorot" }),
  )
}
