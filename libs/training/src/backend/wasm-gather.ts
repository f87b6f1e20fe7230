import { tf } from "../tensor.ts"
import { addKernel } from "./wasm-kernels.ts"

/** What the gradient of `gather` needs and the WASM backend lacks. */
export const registerGatherGradient = (): void =>
  addKernel<"x" | "segmentIds", { readonly numSegments: number }>(
    "UnsortedSegmentSum",
    ({ inputs: { x, segmentIds }, attributes }) =>
      // ScatterNd adds what falls on the same row.
      tf.scatterND(tf.reshape(segmentIds, [-1, 1]), x, [attributes.numSegments, ...x.shape.slice(1)]),
  )
