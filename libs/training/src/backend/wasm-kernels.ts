import { type Tensor, tf } from "../tensor.ts"

/** What a kernel is given; which inputs and attributes these are is agreed between it and tfjs-core. */
interface Given<Input extends string, Attributes> {
  readonly inputs: Readonly<Record<Input, Tensor>>
  readonly attributes: Attributes
}

const givenOf = <Input extends string, Attributes>(call: Parameters<tf.KernelFunc>[0]) =>
  ({ inputs: call.inputs, attributes: call.attrs }) as unknown as Given<Input, Attributes>

/** Gives the WASM backend a kernel that it lacks, made of kernels that it has. Adding again is harmless. */
export const addKernel = <Input extends string, Attributes>(
  kernelName: string,
  compute: (given: Given<Input, Attributes>) => Tensor,
): void => {
  if (tf.getKernel(kernelName, "wasm") !== undefined) return
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc: (call) => tf.tidy(() => compute(givenOf(call))) })
}

/** Those that stand in another's place, so that none is replaced twice. */
const replacements = new WeakSet<tf.KernelFunc>()

/** Puts a kernel in the place of the WASM backend's own, which it can still ask: `own`, with attributes of its choice. */
export const replaceKernel = <Input extends string, Attributes>(
  kernelName: string,
  compute: (given: Given<Input, Attributes>, own: (attributes: Attributes) => Tensor) => Tensor,
): void => {
  const kernel = tf.getKernel(kernelName, "wasm")
  if (kernel === undefined || replacements.has(kernel.kernelFunc)) return
  const kernelFunc: tf.KernelFunc = (call) => {
    const own = (attributes: Attributes) =>
      kernel.kernelFunc({ ...call, attrs: attributes as unknown as tf.NamedAttrMap }) as Tensor
    return tf.tidy(() => compute(givenOf(call), own))
  }
  replacements.add(kernelFunc)
  tf.unregisterKernel(kernelName, "wasm")
  tf.registerKernel({ ...kernel, kernelFunc })
}
