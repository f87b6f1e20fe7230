import type { Layer } from "../layers/layer.ts"
import { stream, wordOf } from "../random/stream.ts"
import { type Tensor, type Tensor1D, tf } from "../tensor.ts"

/** Where each named tensor lies in one flat vector. */
export interface Layout {
  readonly names: ReadonlyArray<string>
  readonly shapes: ReadonlyArray<ReadonlyArray<number>>
  readonly offsets: ReadonlyArray<number>
  readonly sizes: ReadonlyArray<number>
  readonly size: number
}

export const sizeOf = (shape: ReadonlyArray<number>): number => shape.reduce((product, n) => product * n, 1)

/**
 * All tensors of a kind as one vector: optimizers, clipping and checkpoints then work on a single tensor, which is what
 * keeps a step cheap where the cost is in the number of operations (small models on WASM).
 */
export const layoutOf = (
  tensors: ReadonlyArray<{ readonly name: string; readonly shape: ReadonlyArray<number> }>,
): Layout => {
  const names = tensors.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`two layers are named ${twice}: each layer of a model needs its own name`)
  const sizes = tensors.map(({ shape }) => sizeOf(shape))
  const offsets = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, n) => sum + n, 0))
  return {
    names,
    shapes: tensors.map(({ shape }) => shape),
    offsets,
    sizes,
    size: sizes.reduce((sum, n) => sum + n, 0),
  }
}

/** The named tensors of a flat vector, in order. */
export const views = (layout: Layout, flat: Tensor1D): Array<Tensor> =>
  layout.sizes.map((size, i) => {
    const part = tf.slice1d(flat, layout.offsets[i]!, size)
    const shape = layout.shapes[i]!
    return shape.length === 1 ? part : tf.reshape(part, [...shape])
  })

/** A vector again. */
export const flattened = (tensors: ReadonlyArray<Tensor>): Tensor1D =>
  tensors.length === 0
    ? tf.tensor1d([])
    : (tf.concat(tensors.map((tensor) => (tensor.rank === 1 ? tensor : tf.reshape(tensor, [-1])))) as Tensor1D)

/** Initial values, each parameter from a stream of its own: adding a layer leaves the others' values as they were. */
export const initialParameters = (model: Layer, seed: number): Float32Array => {
  const layout = layoutOf(model.parameters)
  const values = new Float32Array(layout.size)
  for (const [i, parameter] of model.parameters.entries()) {
    values.set(parameter.initial(stream(seed, wordOf(parameter.name)), layout.sizes[i]!), layout.offsets[i]!)
  }
  return values
}

export const initialMovings = (model: Layer): Float32Array => {
  const layout = layoutOf(model.movings)
  const values = new Float32Array(layout.size)
  for (const [i, moving] of model.movings.entries()) {
    values.fill(moving.initial, layout.offsets[i]!, layout.offsets[i]! + layout.sizes[i]!)
  }
  return values
}

/** 1 where weight decay pulls, 0 elsewhere. */
export const decayMask = (model: Layer): Float32Array => {
  const layout = layoutOf(model.parameters)
  const mask = new Float32Array(layout.size)
  for (const [i, parameter] of model.parameters.entries()) {
    if (parameter.decayed) mask.fill(1, layout.offsets[i]!, layout.offsets[i]! + layout.sizes[i]!)
  }
  return mask
}
