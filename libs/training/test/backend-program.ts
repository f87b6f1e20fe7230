/** `TANREN_BACKEND=… node backend-program.ts`: what a backend makes of three small models and of convolutions, as one JSON line. */
import {
  crossEntropy,
  type Layer,
  mlp,
  nesterov,
  residualConvnet,
  selectBackend,
  stream,
  type Tensor,
  type Tensor2D,
  tf,
  trainerOf,
  transformer,
  uniform,
} from "../src/index.ts"
import { convolutions } from "./convolution-grid.ts"

export interface BackendReport {
  readonly backend: string
  readonly device: string
  /** The training loss after each of a few steps. */
  readonly losses: Readonly<Record<string, ReadonlyArray<number>>>
  readonly convolutions: ReturnType<typeof convolutions>
}

const STEPS = 6
const BATCH = 6
const CLASSES = 3

const losses = (model: Layer, shape: ReadonlyArray<number>): Array<number> => {
  const trainer = trainerOf({
    model,
    loss: (outputs, labels) => crossEntropy(outputs as Tensor2D, labels as Tensor2D),
    rule: nesterov({ momentum: 0.9 }),
    weightDecay: 0.01,
    clipNorm: 5,
    seeds: { init: 1, dropout: 2 },
  })
  const next = stream(4)
  const size = shape.reduce((product, side) => product * side, BATCH)
  const inputs: Tensor = tf.tensor(
    Float32Array.from({ length: size }, () => uniform(next)),
    [BATCH, ...shape],
  )
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), CLASSES)
  let state = trainer.initial()
  return Array.from({ length: STEPS }, () => {
    const taken = trainer.step(state, { inputs, labels: tf.cast(labels, "float32") }, 0.05)
    state = taken.state
    return taken.report.loss
  })
}

const { backend, device } = await selectBackend()
const report: BackendReport = {
  backend,
  device,
  losses: {
    "multilayer perceptron with dropout": losses(
      mlp({ inputs: 4, hidden: [8], classes: CLASSES, dropoutRate: 0.2 }),
      [4],
    ),
    "residual convolutional net with ghost batch normalisation": losses(
      residualConvnet({ side: 6, width: 4, blocks: 1, classes: CLASSES, virtualBatch: 4 }),
      [36],
    ),
    Transformer: losses(transformer({ length: 4, size: 5, width: 8, heads: 2, layers: 1, classes: CLASSES }), [20]),
  },
  convolutions: convolutions(),
}
process.stdout.write(`${JSON.stringify(report)}\n`)
