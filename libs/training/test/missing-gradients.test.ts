import { beforeAll, expect, test } from "vitest"
import { type BackendChoice, selectBackend, stream, type Tensor, type Tensor4D, tf, uniform } from "../src/index.ts"

// What tfjs lacks, against the plain JavaScript backend or against the same thing written with matrix products.

beforeAll(async () => {
  await selectBackend("cpu")
  await selectBackend("wasm")
})

const random = (shape: ReadonlyArray<number>, seed: number): Tensor => {
  const next = stream(seed)
  const size = shape.reduce((product, side) => product * side, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, () => 2 * uniform(next) - 1),
    [...shape],
  )
}

const on = async (backend: BackendChoice, compute: () => Array<Tensor>): Promise<ReadonlyArray<Float32Array>> => {
  await selectBackend(backend)
  return tf.tidy(compute).map((tensor) => Float32Array.from(tensor.dataSync()))
}

const close = (found: ReadonlyArray<ArrayLike<number>>, wanted: ReadonlyArray<ArrayLike<number>>): void => {
  expect(found.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length))
  for (const [i, values] of found.entries()) {
    for (let k = 0; k < values.length; k++) expect(values[k]).toBeCloseTo(wanted[i]![k]!, 4)
  }
}

test.each([
  { side: 6, kernel: 3, strides: 1, pad: "same", channels: 2, multiplier: 1 },
  { side: 7, kernel: 3, strides: 2, pad: "same", channels: 2, multiplier: 3 },
  { side: 8, kernel: 3, strides: 2, pad: "valid", channels: 1, multiplier: 2 },
  { side: 7, kernel: 2, strides: 3, pad: "valid", channels: 3, multiplier: 1 },
  { side: 5, kernel: 4, strides: 1, pad: "same", channels: 2, multiplier: 2 },
] as const)("a depthwise convolution's gradients on WASM are those of plain JavaScript: %j", async (given) => {
  const { side, kernel, strides, pad, channels, multiplier } = given
  const gradients = (): Array<Tensor> => {
    const x = random([2, side, side, channels], 1) as Tensor4D
    const filter = random([kernel, kernel, channels, multiplier], 2) as Tensor4D
    const loss = (a: Tensor, b: Tensor) =>
      tf.sum(tf.square(tf.depthwiseConv2d(a as Tensor4D, b as Tensor4D, strides, pad)))
    return tf.grads(loss as (...all: ReadonlyArray<Tensor>) => Tensor)([x, filter])
  }
  close(await on("wasm", gradients), await on("cpu", gradients))
})

const valueAndGradients =
  (a: ReadonlyArray<number>, b: ReadonlyArray<number>) =>
  (f: (a: Tensor, b: Tensor) => Tensor) =>
  (): Array<Tensor> => {
    const tensors = [random(a, 3), random(b, 4)]
    const loss = (...all: ReadonlyArray<Tensor>) => tf.sum(tf.square(f(all[0]!, all[1]!)))
    return [f(tensors[0]!, tensors[1]!), ...tf.grads(loss)(tensors)]
  }

test.each([
  ["ij,jk->ik", [3, 4], [4, 5], (a: Tensor, b: Tensor) => tf.matMul(a, b)],
  ["bqd,bkd->bqk", [2, 3, 4], [2, 5, 4], (a: Tensor, b: Tensor) => tf.matMul(a, b, false, true)],
  ["bqk,bkd->bqd", [2, 3, 5], [2, 5, 4], (a: Tensor, b: Tensor) => tf.matMul(a, b)],
  ["i,j->ij", [3], [4], (a: Tensor, b: Tensor) => tf.mul(tf.reshape(a, [3, 1]), tf.reshape(b, [1, 4]))],
  ["ij,ij->j", [3, 4], [3, 4], (a: Tensor, b: Tensor) => tf.sum(tf.mul(a, b), 0)],
] as const)(
  "einsum %s has the value and the gradients of the same thing written out",
  async (equation, a, b, written) => {
    const compute = valueAndGradients(a, b)
    const wanted = await on("cpu", compute(written))
    const einsum = compute((x, y) => tf.einsum(equation, x, y))
    close(await on("wasm", einsum), wanted)
    close(await on("cpu", einsum), wanted)
  },
)

test("einsum on WASM is right also where tfjs's own kernel loses a size: an axis summed over in one operand alone", async () => {
  const compute = valueAndGradients([3, 4], [3, 2])
  const found = await on(
    "wasm",
    compute((a, b) => tf.einsum("ij,ik->ik", a, b)),
  )
  close(
    found,
    await on(
      "cpu",
      compute((a, b) => tf.mul(b, tf.sum(a, 1, true))),
    ),
  )
})

test("einsum of one tensor: a transposition, and a sum", async () => {
  const compute = (): Array<Tensor> => {
    const x = random([2, 3, 4], 5)
    const turned = (y: Tensor) => tf.einsum("bij->bji", y)
    const summed = (y: Tensor) => tf.square(tf.einsum("bij->j", y))
    return [tf.sub(turned(x), tf.transpose(x, [0, 2, 1])), tf.grad((y) => tf.sum(summed(y)))(x), tf.sum(x, [0, 1])]
  }
  for (const backend of ["wasm", "cpu"] as const) {
    const [difference, gradient, sums] = await on(backend, compute)
    expect(difference!.every((value) => value === 0)).toBe(true)
    for (const [i, value] of gradient!.entries()) expect(value).toBeCloseTo(2 * sums![i % 4]!, 4)
  }
})

test("gather's gradient on WASM adds up the rows that were taken twice", async () => {
  const gradient = (): Array<Tensor> => {
    const taken = (table: Tensor) => tf.gather(table, tf.tensor1d([2, 0, 2], "int32"))
    return [tf.grad((table) => tf.sum(tf.square(taken(table))))(random([4, 3], 6))]
  }
  close(await on("wasm", gradient), await on("cpu", gradient))
})

test.each([
  { a: [70, 90], b: [90, 100], transposeA: false, transposeB: false },
  { a: [90, 70], b: [90, 100], transposeA: true, transposeB: false },
  { a: [70, 90], b: [100, 90], transposeA: false, transposeB: true },
  { a: [3, 90, 70], b: [3, 100, 90], transposeA: true, transposeB: true },
  { a: [90, 70], b: [3, 90, 100], transposeA: true, transposeB: false },
])("large products of transposed matrices on WASM: %j", async ({ a, b, transposeA, transposeB }) => {
  const product = () => [tf.matMul(random(a, 7), random(b, 8), transposeA, transposeB)]
  close(await on("wasm", product), await on("cpu", product))
})
