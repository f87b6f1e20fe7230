import { type Tensor, tf } from "../tensor.ts"
import { replaceKernel } from "./wasm-kernels.ts"

interface Attributes {
  readonly transposeA: boolean
  readonly transposeB: boolean
}

/** Multiplications above which a product counts as large: below it, a transposition would take as long as it saves. */
const LARGE = 2 ** 19

const transposed = (x: Tensor): Tensor => {
  const axes = x.shape.map((_, axis) => axis)
  return tf.transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2])
}

/**
 * The WASM backend multiplies transposed matrices, which every gradient of a dense layer does, by a plain loop that takes
 * five to twenty times as long as its product of others. Large ones are transposed first.
 */
export const registerProducts = (): void =>
  replaceKernel<"a" | "b", Attributes>("BatchMatMul", ({ inputs: { a, b }, attributes }, own) => {
    const { transposeA, transposeB } = attributes
    const columns = b.shape.at(transposeB ? -2 : -1)!
    if (!(transposeA || transposeB) || a.size * columns <= LARGE) return own(attributes)
    return tf.matMul(transposeA ? transposed(a) : a, transposeB ? transposed(b) : b)
  })
