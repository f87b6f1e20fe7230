import { join } from "node:path"
import { drawn, type Layer } from "../layers/layer.ts"
import type { Tensor } from "../tensor.ts"
import { emptyGraph, type GraphNode } from "./graph.ts"
import { writeGraphModel } from "./graph-model.ts"
import { writeSavedModel } from "./saved-model.ts"

export interface ExportedModel {
  readonly path: string
  readonly format: string
}

/** A model's evaluation (no dropout, moving averages) from `inputs` [any, …shape] to `logits`. */
export const graphOf = (
  model: Layer,
  shape: ReadonlyArray<number>,
  value: (name: string) => Tensor,
): { readonly nodes: ReadonlyArray<GraphNode>; readonly inputs: GraphNode; readonly logits: GraphNode } => {
  const graph = emptyGraph(value)
  const inputs = graph.inputs([-1, ...shape])
  const logits = graph.named("logits", drawn(model, graph, inputs))
  return { nodes: graph.nodes, inputs, logits }
}

/**
 * Writes a model of this library's layers as a TensorFlow.js graph model (`model.json` and `weights.bin`, opened by
 * `tf.loadGraphModel`) and as a SavedModel (`saved_model/`). A layer that brings no drawing is an error.
 *
 * @param shape of one example's inputs
 * @param value a parameter or moving average by its name
 */
export const exportModel = (
  model: Layer,
  shape: ReadonlyArray<number>,
  value: (name: string) => Tensor,
  folder: string,
): ReadonlyArray<ExportedModel> => {
  const graph = graphOf(model, shape, value)
  const savedModel = join(folder, "saved_model")
  writeSavedModel(savedModel, graph)
  return [
    { path: writeGraphModel(folder, graph), format: "tfjs-graph-model" },
    { path: savedModel, format: "tensorflow-saved-model" },
  ]
}
