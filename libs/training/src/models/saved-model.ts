import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import protobuf from "protobufjs/minimal.js"

// TensorFlow's SavedModel with the parameters as constants of its graph: no variables, one signature. The numbers are
// those of tensorflow/core/protobuf/{saved_model,meta_graph}.proto and tensorflow/core/framework/*.proto.

type Field = readonly [id: number, value: string | number | Uint8Array]

const VARINT = 0
const LENGTH_DELIMITED = 2
const DT_FLOAT = 1
/** A dimension that is known only when the graph is run. */
const ANY = -1

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

const typeAttribute = message([6, DT_FLOAT])

const node = (
  name: string,
  op: string,
  inputs: ReadonlyArray<string>,
  attributes: Readonly<Record<string, Uint8Array>>,
): Uint8Array =>
  message(
    [1, name],
    [2, op],
    ...inputs.map((input): Field => [3, input]),
    ...Object.entries(attributes).map(([key, value]): Field => [5, entry(key, value)]),
  )

export interface SavedLayer {
  readonly name: string
  /** [inputs, outputs], row by row. */
  readonly weight: Float32Array
  readonly bias: Float32Array
  readonly relu: boolean
}

const constant = (name: string, shape: ReadonlyArray<number>, values: Float32Array): Uint8Array => {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const tensor = message([1, DT_FLOAT], [2, shapeOf(shape)], [4, bytes])
  return node(name, "Const", [], { dtype: typeAttribute, value: message([8, tensor]) })
}

const layerNodes = ({ name, weight, bias, relu }: SavedLayer, input: string): ReadonlyArray<Uint8Array> => {
  const shape = [weight.length / bias.length, bias.length]
  return [
    constant(`${name}/weight`, shape, weight),
    constant(`${name}/bias`, [bias.length], bias),
    node(`${name}/product`, "MatMul", [input, `${name}/weight`], { T: typeAttribute }),
    node(relu ? `${name}/sum` : name, "BiasAdd", [`${name}/product`, `${name}/bias`], { T: typeAttribute }),
    ...(relu ? [node(name, "Relu", [`${name}/sum`], { T: typeAttribute })] : []),
  ]
}

/**
 * Writes fully connected layers as `saved_model.pb` in a folder, for whatever reads SavedModels: signature
 * `serving_default`, from `inputs` [any, width] to `logits`.
 */
export const writeSavedModel = (folder: string, layers: ReadonlyArray<SavedLayer>): void => {
  const first = layers[0]!
  const last = layers.at(-1)!
  const widthIn = first.weight.length / first.bias.length
  const inputShape = shapeOf([ANY, widthIn])
  const nodes = [
    node("inputs", "Placeholder", [], { dtype: typeAttribute, shape: message([7, inputShape]) }),
    ...layers.flatMap((layer, i) => layerNodes(layer, i === 0 ? "inputs" : layers[i - 1]!.name)),
  ]
  const info = (name: string, shape: Uint8Array): Uint8Array => message([1, `${name}:0`], [2, DT_FLOAT], [3, shape])
  const signature = message(
    [1, entry("inputs", info("inputs", inputShape))],
    [2, entry("logits", info(last.name, shapeOf([ANY, last.bias.length])))],
    [3, "tensorflow/serving/predict"],
  )
  // A graph says which version of TensorFlow made it; 21 is old enough for any reader.
  const graph = message(...nodes.map((one): Field => [1, one]), [4, message([1, 21])])
  const metaGraph = message([1, message([4, "serve"])], [2, graph], [5, entry("serving_default", signature)])
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "saved_model.pb"), message([1, 1], [2, metaGraph]))
}
