import { type Tensor4D, tf } from "../tensor.ts"

interface Attributes {
  readonly strides: number | [number, number]
  readonly dilations: number | [number, number]
  readonly pad: tf.backend_util.ExplicitPadding | number | "same" | "valid"
}

const KERNELS = ["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D"]

/** The wrapped ones, so that none is wrapped twice. */
const wrapped = new WeakSet<tf.KernelFunc>()

const inNumbers = (x: Tensor4D, filter: Tensor4D, { strides, dilations }: Attributes): Attributes["pad"] => {
  const { padInfo } = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, "same")
  const { top, bottom, left, right } = padInfo
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}

/**
 * Hands "same" padding to the WASM backend's convolutions in numbers. Told "same", they reckon it themselves, and where
 * a kernel is narrower than its stride it can come out below 0: then all of the output is 0, without an error.
 */
export const registerSamePadding = (): void => {
  for (const name of KERNELS) {
    const kernel = tf.getKernel(name, "wasm")
    if (kernel === undefined || wrapped.has(kernel.kernelFunc)) continue
    const kernelFunc: tf.KernelFunc = (given) => {
      const { x, filter } = given.inputs as unknown as Record<"x" | "filter", Tensor4D>
      const attributes = given.attrs as unknown as Attributes
      const pad = attributes.pad === "same" ? inNumbers(x, filter, attributes) : attributes.pad
      return kernel.kernelFunc({ ...given, attrs: { ...given.attrs, pad } })
    }
    wrapped.add(kernelFunc)
    tf.unregisterKernel(name, "wasm")
    tf.registerKernel({ ...kernel, kernelFunc })
  }
}
