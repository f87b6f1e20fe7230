import { type Tensor, tf } from "../tensor.ts"

interface Equation {
  /** Letters of each operand; none twice in one operand, as tfjs-core demands. */
  readonly operands: ReadonlyArray<string>
  readonly result: string
}

const parsed = (equation: string): Equation => {
  const [left = "", result = ""] = equation.replaceAll(" ", "").split("->")
  return { operands: left.split(","), result }
}

const has = (letters: string) => (letter: string) => letters.includes(letter)

/** `x`, whose axes are `letters`, with the axes `wanted`: those that it lacks have size 1. */
const aligned = (x: Tensor, letters: string, wanted: string): Tensor => {
  const inOrder = [...wanted].filter(has(letters))
  const turned = tf.transpose(
    x,
    inOrder.map((letter) => letters.indexOf(letter)),
  )
  return tf.reshape(
    turned,
    [...wanted].map((letter) => (letters.includes(letter) ? x.shape[letters.indexOf(letter)]! : 1)),
  )
}

/** The sum of products that an equation such as `bqd,bkd->bqk` writes down, of kernels that every backend has. */
const einsumOf = (equation: string, tensors: ReadonlyArray<Tensor>): Tensor =>
  tf.tidy(() => {
    const { operands, result } = parsed(equation)
    const summed = [...new Set(operands.join(""))].filter((letter) => !result.includes(letter)).join("")
    const all = result + summed
    const product = tensors.map((x, i) => aligned(x, operands[i]!, all)).reduce((a, b) => tf.mul(a, b))
    return summed === ""
      ? tf.clone(product)
      : tf.sum(
          product,
          [...summed].map((letter) => all.indexOf(letter)),
        )
  })

/**
 * dL/d(operand k): the same equation with the result's gradient in that operand's place. Axes that were summed over in
 * this operand alone get the same gradient all along.
 */
const operandGradient = (equation: Equation, tensors: ReadonlyArray<Tensor>, dy: Tensor, k: number): Tensor => {
  const own = equation.operands[k]!
  const others = equation.operands.filter((_, i) => i !== k)
  const known = [...own].filter(has(equation.result + others.join(""))).join("")
  const terms = [equation.result, ...others].join(",")
  // Not tf.einsum: of "ij,ik->ik", with an axis summed over in one operand alone, tfjs's own kernel loses a size.
  const gradient = einsumOf(`${terms}->${known}`, [dy, ...tensors.filter((_, i) => i !== k)])
  return tf.broadcastTo(aligned(gradient, known, own), tensors[k]!.shape)
}

/** tfjs-core has einsum without a gradient, and its WASM backend has no kernel for it. Registering again is harmless. */
export const registerEinsum = (): void => {
  if (tf.getKernel("Einsum", "wasm") === undefined) {
    tf.registerKernel({
      kernelName: "Einsum",
      backendName: "wasm",
      kernelFunc: ({ inputs, attrs }) =>
        einsumOf(String(attrs?.equation), Object.values(inputs) as unknown as ReadonlyArray<Tensor>),
    })
  }
  if (tf.getGradient("Einsum") === undefined) {
    tf.registerGradient({
      kernelName: "Einsum",
      saveAllInputs: true,
      gradFunc: (dy, saved, attributes) => {
        const equation = parsed(String(attributes.equation))
        return Object.fromEntries(
          saved.map((_, k) => [String(k), () => operandGradient(equation, saved, dy as Tensor, k)]),
        )
      },
    })
  }
}
