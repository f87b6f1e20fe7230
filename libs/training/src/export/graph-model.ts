import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { tf } from "../tensor.ts"
import { type Attribute, bytesOf, type ElementType, type GraphNode } from "./graph.ts"

// A TensorFlow.js graph model: the graph as JSON, the constants in weights.bin, as tfjs-converter writes them.

const TYPES: Readonly<Record<ElementType, string>> = { float: "DT_FLOAT", int32: "DT_INT32" }

const shapeOf = (shape: ReadonlyArray<number>) => ({ dim: shape.map((size) => ({ size: String(size) })) })

const encoded = (attribute: Attribute): object => {
  if ("type" in attribute) return { type: TYPES[attribute.type] }
  if ("text" in attribute) return { s: Buffer.from(attribute.text).toString("base64") }
  if ("flag" in attribute) return { b: attribute.flag }
  if ("integer" in attribute) return { i: String(attribute.integer) }
  return { list: { i: attribute.integers.map(String) } }
}

const encodedNode = ({ name, op, inputs, attributes, shape, type }: GraphNode): object => ({
  name,
  op,
  input: inputs,
  attr: {
    ...Object.fromEntries(Object.entries(attributes).map(([key, one]) => [key, encoded(one)])),
    ...(op === "Placeholder" ? { shape: { shape: shapeOf(shape) } } : {}),
    ...(op === "Const" ? { value: { tensor: { dtype: TYPES[type], tensorShape: shapeOf(shape) } } } : {}),
  },
})

/** Writes `model.json` and `weights.bin`, which `tf.loadGraphModel` opens: from `inputs` to `logits`. Gives the former's path. */
export const writeGraphModel = (
  folder: string,
  graph: { readonly nodes: ReadonlyArray<GraphNode>; readonly inputs: GraphNode; readonly logits: GraphNode },
): string => {
  const constants = graph.nodes.filter(({ op }) => op === "Const")
  const info = ({ name, shape, type }: GraphNode) => ({
    name: `${name}:0`,
    dtype: TYPES[type],
    tensorShape: shapeOf(shape),
  })
  const json = {
    format: "graph-model",
    generatedBy: `TensorFlow.js ${tf.version_core}`,
    convertedBy: null,
    signature: { inputs: { inputs: info(graph.inputs) }, outputs: { logits: info(graph.logits) } },
    modelTopology: { node: graph.nodes.map(encodedNode), library: {}, versions: { producer: 21 } },
    weightsManifest: [
      {
        paths: ["weights.bin"],
        weights: constants.map(({ name, shape, type }) => ({
          name,
          shape,
          dtype: type === "float" ? "float32" : "int32",
        })),
      },
    ],
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "weights.bin"), Buffer.concat(constants.map(bytesOf)))
  const path = join(folder, "model.json")
  writeFileSync(path, JSON.stringify(json))
  return path
}
