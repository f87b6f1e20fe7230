import { sizeOf } from "../parameters/layout.ts"
import { type Tensor, tf } from "../tensor.ts"

// A trained model as a graph of TensorFlow's operations, which both ways of writing it down share: a SavedModel and a
// TensorFlow.js graph model. Parameters are constants of the graph.

export type ElementType = "float" | "int32"

/** An attribute of an operation, as TensorFlow's AttrValue has them. */
export type Attribute =
  | { readonly type: ElementType }
  | { readonly text: string }
  | { readonly flag: boolean }
  | { readonly integer: number }
  | { readonly integers: ReadonlyArray<number> }

export interface GraphNode {
  readonly name: string
  readonly op: string
  readonly inputs: ReadonlyArray<string>
  readonly attributes: Readonly<Record<string, Attribute>>
  /** −1: as many as there are examples. */
  readonly shape: ReadonlyArray<number>
  readonly type: ElementType
  /** Of a constant, row by row. */
  readonly values?: Float32Array | Int32Array
}

/** How a layer's evaluation is drawn: the node of its outputs for the node of its inputs. */
export type Draw = (graph: Graph, input: GraphNode) => GraphNode

export type Graph = ReturnType<typeof emptyGraph>

const float = { T: { type: "float" } } as const

/** @param value a parameter or moving average by its name; its tensor is disposed of here */
export const emptyGraph = (value: (name: string) => Tensor) => {
  const nodes: Array<GraphNode> = []
  const add = (node: Omit<GraphNode, "name" | "type"> & { readonly name?: string; readonly type?: ElementType }) => {
    const whole: GraphNode = { name: `${node.op}_${nodes.length}`, type: "float", ...node }
    nodes.push(whole)
    return whole
  }

  const constant = (
    shape: ReadonlyArray<number>,
    values: Float32Array | Int32Array,
    name = `Const_${nodes.length}`,
  ): GraphNode => {
    const type = values instanceof Int32Array ? "int32" : "float"
    return add({ name, op: "Const", inputs: [], attributes: { dtype: { type } }, shape, type, values })
  }
  const integers = (...values: ReadonlyArray<number>): GraphNode => constant([values.length], Int32Array.from(values))
  const integer = (one: number): GraphNode => constant([], Int32Array.of(one))

  const read = (name: string): { readonly shape: ReadonlyArray<number>; readonly values: Float32Array } => {
    const tensor = value(name)
    const found = { shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) }
    tf.dispose(tensor)
    return found
  }

  return {
    nodes,
    constant,
    read,
    parameter: (name: string): GraphNode => {
      const { shape, values } = read(name)
      return constant(shape, values, name)
    },
    inputs: (shape: ReadonlyArray<number>): GraphNode =>
      add({ name: "inputs", op: "Placeholder", inputs: [], attributes: { dtype: { type: "float" } }, shape }),
    /** Under a name of one's own. */
    named: (name: string, x: GraphNode): GraphNode =>
      add({ name, op: "Identity", inputs: [x.name], attributes: float, shape: x.shape }),
    each: (op: "Relu" | "Rsqrt" | "Softmax", x: GraphNode): GraphNode =>
      add({ op, inputs: [x.name], attributes: float, shape: x.shape }),
    /** `b` is spread over `a`. */
    both: (op: "AddV2" | "Sub" | "Mul", a: GraphNode, b: GraphNode): GraphNode =>
      add({ op, inputs: [a.name, b.name], attributes: float, shape: a.shape }),
    matMul: (a: GraphNode, b: GraphNode): GraphNode => {
      const attributes = { ...float, transpose_a: { flag: false }, transpose_b: { flag: false } }
      return add({ op: "MatMul", inputs: [a.name, b.name], attributes, shape: [a.shape[0]!, b.shape[1]!] })
    },
    /** Over all but the last two axes alike; `transposed`: b's last two change places. */
    batchMatMul: (a: GraphNode, b: GraphNode, transposed: boolean): GraphNode => {
      const attributes = { ...float, adj_x: { flag: false }, adj_y: { flag: transposed } }
      const shape = [...a.shape.slice(0, -1), b.shape.at(transposed ? -2 : -1)!]
      return add({ op: "BatchMatMulV2", inputs: [a.name, b.name], attributes, shape })
    },
    reshape: (x: GraphNode, shape: ReadonlyArray<number>): GraphNode => {
      const attributes = { ...float, Tshape: { type: "int32" } } as const
      return add({ op: "Reshape", inputs: [x.name, integers(...shape).name], attributes, shape })
    },
    transpose: (x: GraphNode, order: ReadonlyArray<number>): GraphNode => {
      const attributes = { ...float, Tperm: { type: "int32" } } as const
      const shape = order.map((axis) => x.shape[axis]!)
      return add({ op: "Transpose", inputs: [x.name, integers(...order).name], attributes, shape })
    },
    mean: (x: GraphNode, axes: ReadonlyArray<number>, keep: boolean): GraphNode => {
      const attributes = { ...float, Tidx: { type: "int32" }, keep_dims: { flag: keep } } as const
      const shape = x.shape.flatMap((size, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [size]))
      return add({ op: "Mean", inputs: [x.name, integers(...axes).name], attributes, shape })
    },
    /** Same padding; [examples, height, width, channels]. */
    conv2d: (x: GraphNode, kernel: GraphNode, stride: number): GraphNode => {
      const attributes = {
        ...float,
        strides: { integers: [1, stride, stride, 1] },
        dilations: { integers: [1, 1, 1, 1] },
        padding: { text: "SAME" },
        data_format: { text: "NHWC" },
      }
      const [height, width] = [x.shape[1]!, x.shape[2]!].map((side) => Math.ceil(side / stride))
      const shape = [x.shape[0]!, height!, width!, kernel.shape[3]!]
      return add({ op: "Conv2D", inputs: [x.name, kernel.name], attributes, shape })
    },
    /** The rows of a table that whole numbers, given as floats, stand for. */
    rows: (table: GraphNode, places: GraphNode): GraphNode => {
      const whole = add({
        op: "Cast",
        inputs: [places.name],
        attributes: { SrcT: { type: "float" }, DstT: { type: "int32" }, Truncate: { flag: false } },
        shape: places.shape,
        type: "int32",
      })
      return add({
        op: "GatherV2",
        inputs: [table.name, whole.name, integer(0).name],
        attributes: {
          Tparams: { type: "float" },
          Tindices: { type: "int32" },
          Taxis: { type: "int32" },
          batch_dims: { integer: 0 },
        },
        shape: [...places.shape, ...table.shape.slice(1)],
      })
    },
  }
}

/** Bytes of a constant, as both formats hold them. */
export const bytesOf = ({ values, shape, name }: GraphNode): Uint8Array => {
  if (values?.length !== sizeOf(shape)) throw new Error(`${name} is no constant of ${sizeOf(shape)} numbers`)
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
