import { type Tensor, type Tensor4D, tf } from "../tensor.ts"

interface FilterGradient {
  readonly strides: number | [number, number]
  readonly pad: number | "same" | "valid"
  readonly filterShape: [number, number, number, number]
}

/**
 * dL/dfilter of a convolution, place by place of the kernel: the input shifted to that place, as rows, times dy.
 * Padding and shapes: [batch, h, w, in], [batch, outH, outW, out] -> [kh, kw, in, out].
 */
const filterGradient = (x: Tensor4D, dy: Tensor4D, attributes: FilterGradient): Tensor => {
  const { strides, pad, filterShape } = attributes
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad)
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth, inChannels, outChannels, batchSize } = info
  // A stride larger than the rest of the image leaves the slice below short by up to a stride: pad for it too.
  const padded = tf.pad(x, [
    [0, 0],
    [padInfo.top, padInfo.bottom + strideHeight],
    [padInfo.left, padInfo.right + strideWidth],
    [0, 0],
  ])
  const rows = tf.reshape(dy, [batchSize * outHeight * outWidth, outChannels])
  const places: Array<Tensor> = []
  for (let top = 0; top < filterShape[0]; top++) {
    for (let left = 0; left < filterShape[1]; left++) {
      const end = [batchSize, top + outHeight * strideHeight, left + outWidth * strideWidth, inChannels]
      const seen = tf.stridedSlice(padded, [0, top, left, 0], end, [1, strideHeight, strideWidth, 1])
      places.push(tf.matMul(tf.reshape(seen, [batchSize * outHeight * outWidth, inChannels]), rows, true))
    }
  }
  return tf.reshape(tf.stack(places), filterShape)
}

const asTensor = (info: unknown): Tensor => info as Tensor

/**
 * Two kernels that the WASM backend lacks and gradients need (convolutions; embeddings and `gather`), made of kernels
 * that it has. Registering again is harmless.
 */
export const registerWasmGradients = (): void => {
  if (tf.getKernel("Conv2DBackpropFilter", "wasm") === undefined) {
    tf.registerKernel({
      kernelName: "Conv2DBackpropFilter",
      backendName: "wasm",
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() =>
          filterGradient(
            asTensor(inputs.x) as Tensor4D,
            asTensor(inputs.dy) as Tensor4D,
            attrs as unknown as FilterGradient,
          ),
        ),
    })
  }
  if (tf.getKernel("UnsortedSegmentSum", "wasm") === undefined) {
    tf.registerKernel({
      kernelName: "UnsortedSegmentSum",
      backendName: "wasm",
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() => {
          const x = asTensor(inputs.x)
          const { numSegments } = attrs as unknown as { readonly numSegments: number }
          // ScatterNd adds what falls on the same row.
          const rows = tf.reshape(asTensor(inputs.segmentIds), [-1, 1])
          return tf.scatterND(rows, x, [numSegments, ...x.shape.slice(1)])
        }),
    })
  }
}
