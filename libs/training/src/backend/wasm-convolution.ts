import { type Tensor, type Tensor4D, tf } from "../tensor.ts"
import { addKernel, replaceKernel } from "./wasm-kernels.ts"

type Shape = [number, number, number, number]
type Sides = number | [number, number]
type Padding = tf.backend_util.ExplicitPadding | number | "same" | "valid"

interface Attributes {
  readonly strides: Sides
  /** Absent in gradients: tfjs-core refuses those of dilated ones. */
  readonly dilations?: Sides
  readonly pad: Padding
}

/** Padding in numbers: what is given of "same", "valid" or a number for these shapes. */
const paddingOf = (x: Shape, filter: Shape, { strides, dilations = 1, pad }: Attributes) => {
  const { top, bottom, left, right } = tf.backend_util.computeConv2DInfo(x, filter, strides, dilations, pad).padInfo
  return { top, bottom, left, right }
}

const around = (top: number, bottom: number, left: number, right: number): tf.backend_util.ExplicitPadding => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
]

const CONVOLUTIONS = ["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D"]

/**
 * Hands "same" padding to the WASM backend's convolutions in numbers. Told "same", they reckon it themselves, and where
 * a kernel is narrower than its stride it can come out below 0: then all of the output is 0, without an error.
 */
const mendSamePadding = (): void => {
  for (const name of CONVOLUTIONS) {
    replaceKernel<"x" | "filter", Attributes>(name, ({ inputs, attributes }, own) => {
      if (attributes.pad !== "same") return own(attributes)
      const { top, bottom, left, right } = paddingOf(inputs.x.shape as Shape, inputs.filter.shape as Shape, attributes)
      return own({ ...attributes, pad: around(top, bottom, left, right) })
    })
  }
}

/**
 * dL/dfilter as a convolution: of the images, with the batch for channels, by dy, whose elements lie a stride apart.
 * [batch, h, w, in], [batch, outH, outW, out] -> [kh, kw, in, out].
 */
const filterGradient = (x: Tensor4D, dy: Tensor4D, filterShape: Shape, attributes: Attributes): Tensor => {
  const { top, bottom, left, right } = paddingOf(x.shape, filterShape, attributes)
  const [images, slopes] = [tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3])]
  const places = tf.conv2d(images, slopes, 1, around(top, bottom, left, right), "NHWC", attributes.strides)
  // Where the stride does not come out even there are places beyond the filter's end.
  const [height, width, inputs, outputs] = filterShape
  return tf.transpose(tf.slice(places, [0, 0, 0, 0], [inputs, height, width, outputs]), [1, 2, 0, 3])
}

/**
 * dL/dinput for a stride of 1 as a convolution: of dy by the filter turned round.
 * [batch, outH, outW, out], [kh, kw, in, out] -> [batch, h, w, in].
 */
const inputGradient = (dy: Tensor4D, filter: Tensor4D, inputShape: Shape, attributes: Attributes): Tensor => {
  const { top, bottom, left, right } = paddingOf(inputShape, filter.shape, attributes)
  const [height, width] = [filter.shape[0] - 1, filter.shape[1] - 1]
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])
  return tf.conv2d(dy, turned, 1, around(height - top, height - bottom, width - left, width - right))
}

/** The gradient by the filter, which the WASM backend lacks, and by the input, for which it takes long. */
const addGradients = (): void => {
  addKernel<"x" | "dy", Attributes & { readonly filterShape: Shape }>(
    "Conv2DBackpropFilter",
    ({ inputs, attributes }) =>
      filterGradient(inputs.x as Tensor4D, inputs.dy as Tensor4D, attributes.filterShape, attributes),
  )
  replaceKernel<"dy" | "filter", Attributes & { readonly inputShape: Shape }>(
    "Conv2DBackpropInput",
    ({ inputs, attributes }, own) => {
      const filter = inputs.filter as Tensor4D
      const { strides, pad } = attributes
      const narrow = strides === 1 || (Array.isArray(strides) && strides.every((stride) => stride === 1))
      // Numbers may pad by more than the filter, which cannot be turned round.
      return narrow && (pad === "same" || pad === "valid")
        ? inputGradient(inputs.dy as Tensor4D, filter, attributes.inputShape, attributes)
        : own(attributes)
    },
  )
}

export const registerConvolutions = (): void => {
  mendSamePadding()
  addGradients()
}
