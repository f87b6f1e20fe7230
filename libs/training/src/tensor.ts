// tfjs-core alone knows no gradients; tfjs-layers registers all of them, with the one engine that its process has.
import "@tensorflow/tfjs-layers"

export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, TensorLike } from "@tensorflow/tfjs-core"
export * as tf from "@tensorflow/tfjs-core"
