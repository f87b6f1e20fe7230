import { type Tensor2D, tf } from "../tensor.ts"
import type { Batch } from "../training-step.ts"

/** Classified examples in memory: the features that training uses, row by row, and nothing else. */
export interface Examples {
  readonly count: number
  /** Shape of one example. */
  readonly shape: ReadonlyArray<number>
  readonly classes: number
  /** count × the product of `shape`. */
  readonly features: Float32Array
  /** Class of each, in 0 … classes − 1. */
  readonly labels: Uint8Array
}

/** The examples at these places, in this order. */
export const picked = (examples: Examples, places: ReadonlyArray<number> | Uint32Array): Examples => {
  const size = examples.features.length / examples.count
  const features = new Float32Array(places.length * size)
  const labels = new Uint8Array(places.length)
  let row = 0
  for (const place of places) {
    features.set(examples.features.subarray(place * size, (place + 1) * size), row * size)
    labels[row] = examples.labels[place]!
    row += 1
  }
  return { ...examples, count: row, features, labels }
}

const oneHot = (labels: Uint8Array, classes: number): Tensor2D => {
  const values = new Float32Array(labels.length * classes)
  for (const [row, label] of labels.entries()) values[row * classes + label] = 1
  return tf.tensor2d(values, [labels.length, classes])
}

/** On the device; the caller disposes of both tensors. */
export const batchOf = (examples: Examples): Batch => ({
  inputs: tf.tensor(examples.features, [examples.count, ...examples.shape]),
  labels: oneHot(examples.labels, examples.classes),
})
