import { convolution, stream, type Tensor, type Tensor4D, tf, uniform } from "../src/index.ts"

interface Convolution {
  readonly kernel: number
  readonly stride: number
  readonly height: number
  readonly width: number
  readonly inputs: number
  readonly outputs: number
}

const SIZES: ReadonlyArray<readonly [height: number, width: number]> = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [7, 7],
  [8, 8],
  [5, 8],
  [9, 2],
]
const CHANNELS: ReadonlyArray<readonly [inputs: number, outputs: number]> = [
  [1, 4],
  [3, 2],
]
const upTo = (last: number): ReadonlyArray<number> => Array.from({ length: last }, (_, i) => i + 1)

/** Kernels and strides of 1 to 5, the kernel also narrower than the stride, over square and odd images. */
const GRID: ReadonlyArray<Convolution> = upTo(5).flatMap((kernel) =>
  upTo(5).flatMap((stride) =>
    SIZES.flatMap(([height, width]) =>
      CHANNELS.map(([inputs, outputs]) => ({ kernel, stride, height, width, inputs, outputs })),
    ),
  ),
)

const random = (shape: ReadonlyArray<number>, seed: number): Tensor => {
  const next = stream(seed)
  const size = shape.reduce((product, side) => product * side, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, () => 2 * uniform(next) - 1),
    [...shape],
  )
}

/** Each tensor as one number to which every element adds by a weight of its own. */
const weighed = (tensor: Tensor): tf.Scalar => tf.sum(tf.mul(tensor, random(tensor.shape, 3)))

type Convolve = (images: Tensor, kernel: Tensor) => Tensor

/** Value, gradient of the images, gradient of the kernel. */
const valueAndGradients = (convolve: Convolve, images: ReadonlyArray<number>, kernel: ReadonlyArray<number>) =>
  tf.tidy(() => {
    const given = [random(images, 1), random(kernel, 2)]
    const { value, grads } = tf.valueAndGrads((...both) => weighed(convolve(both[0]!, both[1]!)))(given)
    return [value, ...grads.map(weighed)].map((tensor) => tensor.dataSync()[0]!)
  })

const layerOf =
  ({ inputs, outputs, kernel, stride }: Convolution): Convolve =>
  (images, weights) => {
    const pass = { training: true, parameter: () => weights, moving: () => weights, move: () => {} }
    const layer = convolution("c", inputs, outputs, { kernel, stride })
    return layer.apply({ ...pass, random: () => stream(0) }, images)
  }

const depthwise =
  ({ stride }: Convolution): Convolve =>
  (images, weights) =>
    tf.depthwiseConv2d(images as Tensor4D, weights as Tensor4D, stride, "same")

/** By name of the case, what the backend in use computes. */
export const convolutions = (): Readonly<Record<string, ReadonlyArray<number>>> =>
  Object.fromEntries(
    GRID.flatMap((one) => {
      const images = [2, one.height, one.width, one.inputs]
      const kernel = [one.kernel, one.kernel, one.inputs, one.outputs]
      const name = `images ${images.join(" x ")}, kernel ${kernel.join(" x ")}, stride ${one.stride}`
      return [
        [name, valueAndGradients(layerOf(one), images, kernel)],
        [`depthwise: ${name}`, valueAndGradients(depthwise(one), images, kernel)],
      ]
    }),
  )
