import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import protobuf from "protobufjs/minimal.js"
import { type Attribute, bytesOf, type ElementType, type GraphNode } from "./graph.ts"

// TensorFlow's SavedModel with the parameters as constants of its graph: no variables, one signature. The numbers are
// those of tensorflow/core/protobuf/{saved_model,meta_graph}.proto and tensorflow/core/framework/*.proto.

type Field = readonly [id: number, value: string | number | Uint8Array]

const VARINT = 0
const LENGTH_DELIMITED = 2
const TYPES: Readonly<Record<ElementType, number>> = { float: 1, int32: 3 }

const message = (...fields: ReadonlyArray<Field>): Uint8Array => {
  const writer = protobuf.Writer.create()
  for (const [id, value] of fields) {
    if (typeof value === "number") writer.uint32((id << 3) | VARINT).int64(value)
    else if (typeof value === "string") writer.uint32((id << 3) | LENGTH_DELIMITED).string(value)
    else writer.uint32((id << 3) | LENGTH_DELIMITED).bytes(value)
  }
  return writer.finish()
}

/** Maps are written as entries of key and value. */
const entry = (key: string, value: Uint8Array): Uint8Array => message([1, key], [2, value])

const shapeOf = (shape: ReadonlyArray<number>): Uint8Array =>
  message(...shape.map((size): Field => [2, message([1, size])]))

const encoded = (attribute: Attribute): Uint8Array => {
  if ("type" in attribute) return message([6, TYPES[attribute.type]])
  if ("text" in attribute) return message([2, attribute.text])
  if ("flag" in attribute) return message([5, attribute.flag ? 1 : 0])
  if ("integer" in attribute) return message([3, attribute.integer])
  return message([1, message(...attribute.integers.map((one): Field => [3, one]))])
}

const encodedNode = (node: GraphNode): Uint8Array => {
  const attributes = Object.entries(node.attributes).map(([key, one]) => entry(key, encoded(one)))
  if (node.op === "Placeholder") attributes.push(entry("shape", message([7, shapeOf(node.shape)])))
  if (node.op === "Const") {
    const tensor = message([1, TYPES[node.type]], [2, shapeOf(node.shape)], [4, bytesOf(node)])
    attributes.push(entry("value", message([8, tensor])))
  }
  return message(
    [1, node.name],
    [2, node.op],
    ...node.inputs.map((input): Field => [3, input]),
    ...attributes.map((one): Field => [5, one]),
  )
}

/**
 * Writes `saved_model.pb` in a folder, for whatever reads SavedModels: signature `serving_default`, from `inputs` to
 * `logits`.
 */
export const writeSavedModel = (
  folder: string,
  graph: { readonly nodes: ReadonlyArray<GraphNode>; readonly inputs: GraphNode; readonly logits: GraphNode },
): void => {
  const info = ({ name, shape, type }: GraphNode): Uint8Array =>
    message([1, `${name}:0`], [2, TYPES[type]], [3, shapeOf(shape)])
  const signature = message(
    [1, entry("inputs", info(graph.inputs))],
    [2, entry("logits", info(graph.logits))],
    [3, "tensorflow/serving/predict"],
  )
  // A graph says which version of TensorFlow made it; 21 is old enough for any reader.
  const drawn = message(...graph.nodes.map((one): Field => [1, encodedNode(one)]), [4, message([1, 21])])
  const metaGraph = message([1, message([4, "serve"])], [2, drawn], [5, entry("serving_default", signature)])
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "saved_model.pb"), message([1, 1], [2, metaGraph]))
}
