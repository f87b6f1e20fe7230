import type { Draw, Graph, GraphNode } from "../export/graph.ts"
import type { Stream } from "../random/stream.ts"
import type { Tensor } from "../tensor.ts"

/** A trained tensor: its place in the flat vector is found by its name. */
interface Parameter {
  readonly name: string
  readonly shape: ReadonlyArray<number>
  /** Values in row-major order, from the initialisation's own stream. */
  readonly initial: (next: Stream, size: number) => Float32Array
  /** Whether weight decay pulls on it: matrices and kernels, not biases, gains or ReZero's α. */
  readonly decayed: boolean
}

/** A tensor that is kept but not trained: the moving averages of batch normalisation. */
interface Moving {
  readonly name: string
  readonly shape: ReadonlyArray<number>
  readonly initial: number
}

/** What one forward pass knows. */
export interface Pass {
  readonly training: boolean
  readonly parameter: (name: string) => Tensor
  readonly moving: (name: string) => Tensor
  /** The new value of a moving tensor; taken over once the step is done. */
  readonly move: (name: string, value: Tensor) => void
  /** This step's stream for the layer of this name. */
  readonly random: (name: string) => Stream
}

/** A model is a layer: parts and whole compose alike. */
export interface Layer {
  readonly parameters: ReadonlyArray<Parameter>
  readonly movings: ReadonlyArray<Moving>
  readonly apply: (pass: Pass, input: Tensor) => Tensor
  /** The same, in evaluation, as a graph: without it, a model with this layer cannot be exported. */
  readonly draw?: Draw
}

export const plain = (apply: (input: Tensor) => Tensor, draw?: Draw): Layer => ({
  parameters: [],
  movings: [],
  apply: (_, input) => apply(input),
  ...(draw === undefined ? {} : { draw }),
})

export const drawn = (layer: Layer, graph: Graph, input: GraphNode): GraphNode => {
  if (layer.draw === undefined) {
    const names = layer.parameters.map(({ name }) => name).join(", ") || "none"
    throw new Error(`a layer (its parameters: ${names}) has no drawing: give it \`draw\`, or an exporter of your own`)
  }
  return layer.draw(graph, input)
}

/** One layer after another. */
export const sequence = (...layers: ReadonlyArray<Layer>): Layer => ({
  parameters: layers.flatMap((layer) => layer.parameters),
  movings: layers.flatMap((layer) => layer.movings),
  apply: (pass, input) => layers.reduce((x, layer) => layer.apply(pass, x), input),
  draw: (graph, input) => layers.reduce((x, layer) => drawn(layer, graph, x), input),
})
