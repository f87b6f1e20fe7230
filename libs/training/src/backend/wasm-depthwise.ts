import { type Tensor, type Tensor4D, tf } from "../tensor.ts"
import { addKernel } from "./wasm-kernels.ts"

interface Attributes {
  readonly strides: number | [number, number]
  readonly pad: number | "same" | "valid"
}
type Shape = [number, number, number, number]

const infoOf = (inShape: Shape, filterShape: Shape, { strides, pad }: Attributes) =>
  // Gradients of dilated ones are refused by tfjs-core before they come here.
  tf.backend_util.computeConv2DInfo(inShape, filterShape, strides, 1, pad, undefined, true)

/** The places of a kernel, row by row. */
const places = (height: number, width: number): ReadonlyArray<readonly [top: number, left: number]> =>
  Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width])

/**
 * dL/dfilter of a depthwise convolution: at each place of the kernel the input shifted to that place, times dy, summed.
 * [batch, h, w, in], [batch, outH, outW, in · multiplier] -> [kh, kw, in, multiplier].
 */
const filterGradient = (x: Tensor4D, dy: Tensor4D, filterShape: Shape, attributes: Attributes): Tensor => {
  const info = infoOf(x.shape, filterShape, attributes)
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth, batchSize, inChannels } = info
  const padded = tf.pad(x, [
    [0, 0],
    [padInfo.top, padInfo.bottom + strideHeight],
    [padInfo.left, padInfo.right + strideWidth],
    [0, 0],
  ])
  const [height, width, , multiplier] = filterShape
  const rows = batchSize * outHeight * outWidth
  const slopes = tf.reshape(dy, [rows, inChannels, multiplier])
  const sums = places(height, width).map(([top, left]) => {
    const end = [batchSize, top + outHeight * strideHeight, left + outWidth * strideWidth, inChannels]
    const seen = tf.stridedSlice(padded, [0, top, left, 0], end, [1, strideHeight, strideWidth, 1])
    return tf.sum(tf.mul(tf.reshape(seen, [rows, inChannels, 1]), slopes), 0)
  })
  return tf.reshape(tf.stack(sums), filterShape)
}

/** Zeros after each element along axis 1 of [a, n, b], `every` − 1 of them. */
const spread = (x: Tensor, a: number, n: number, b: number, every: number): Tensor => {
  const apart = tf.pad(tf.reshape(x, [a * n, 1, b]) as Tensor, [
    [0, 0],
    [0, every - 1],
    [0, 0],
  ])
  return tf.reshape(apart, [a, n * every, b])
}

/**
 * dL/dinput of a depthwise convolution: dy times the kernel at each of its places, moved to where that place looked.
 * [batch, outH, outW, in · multiplier], [kh, kw, in, multiplier] -> [batch, h, w, in].
 */
const inputGradient = (dy: Tensor4D, filter: Tensor4D, inputShape: Shape, attributes: Attributes): Tensor => {
  const info = infoOf(inputShape, filter.shape, attributes)
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth, batchSize, inChannels, inHeight, inWidth } = info
  const [height, width, , multiplier] = filter.shape
  const slopes = tf.reshape(dy, [batchSize * outHeight * outWidth, inChannels, multiplier])
  const [rows, columns] = [outHeight * strideHeight, outWidth * strideWidth]
  const moved = places(height, width).map(([top, left]) => {
    const weights = tf.reshape(tf.slice(filter, [top, left, 0, 0], [1, 1, inChannels, multiplier]), [
      1,
      inChannels,
      multiplier,
    ])
    const share = tf.sum(tf.mul(slopes, weights), 2)
    const tall = spread(share, batchSize, outHeight, outWidth * inChannels, strideHeight)
    const wide = spread(tall, batchSize * rows, outWidth, inChannels, strideWidth)
    return tf.pad(tf.reshape(wide, [batchSize, rows, columns, inChannels]), [
      [0, 0],
      [top, height - top + inHeight],
      [left, width - left + inWidth],
      [0, 0],
    ])
  })
  return tf.slice(tf.addN(moved), [0, padInfo.top, padInfo.left, 0], [batchSize, inHeight, inWidth, inChannels])
}

/** Two kernels that the WASM backend lacks and depthwise convolutions need to be trained. */
export const registerDepthwiseGradients = (): void => {
  addKernel<"x" | "dy", Attributes & { readonly filterShape: Shape }>(
    "DepthwiseConv2dNativeBackpropFilter",
    ({ inputs, attributes }) =>
      filterGradient(inputs.x as Tensor4D, inputs.dy as Tensor4D, attributes.filterShape, attributes),
  )
  addKernel<"dy" | "filter", Attributes & { readonly inputShape: Shape }>(
    "DepthwiseConv2dNativeBackpropInput",
    ({ inputs, attributes }) =>
      inputGradient(inputs.dy as Tensor4D, inputs.filter as Tensor4D, attributes.inputShape, attributes),
  )
}
