import { createRequire } from "node:module"
import { cpus } from "node:os"
import util from "node:util"
import { Refused } from "../refused.ts"
import { tf } from "../tensor.ts"
import { registerEinsum } from "./einsum.ts"
import { findNative, NATIVE_PACKAGES, type NativeChoice } from "./native.ts"

/** `gpu` and `node`: the native packages; `wasm`: needs no install; `cpu`: plain JavaScript, by force only. */
export const BACKENDS = ["gpu", "node", "wasm", "cpu"] as const
export type BackendChoice = (typeof BACKENDS)[number]

/** What a trial records of the machine that it ran on. */
export interface Backend {
  readonly [fact: string]: string | number | boolean
  readonly backend: BackendChoice
  /** `cpu` or `gpu`: what computes, whatever the package is called. */
  readonly device: string
  readonly version: string
}

/** The environment variable that forces a backend. */
export const BACKEND_VARIABLE = "TANREN_BACKEND"

const require = createRequire(import.meta.url)

/** tfjs-node 4.22 calls two functions that Node has removed or warns of. */
const restoreRemoved = (): void => {
  const old = util as unknown as Record<string, unknown>
  old.isNullOrUndefined = (x: unknown) => x === null || x === undefined
  old.isArray = Array.isArray
}

/**
 * Makes the native package whose main file this is the current backend, whether it sees a GPU or not. It brings
 * modules of its own for the core; both share one engine, which TensorFlow.js keeps in the global scope.
 */
export const loadNativeFrom = async (choice: NativeChoice, file: string): Promise<Backend> => {
  restoreRemoved()
  // Its greeting of three lines a process would hide what a program has to say.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2"
  const production = tf.env().getBool("PROD")
  // Silences one warning: its core sets the platform that ours has set.
  tf.env().set("PROD", true)
  require(file)
  tf.env().set("PROD", production)
  const native = tf.findBackend("tensorflow") as { readonly isUsingGpuDevice?: boolean } | null
  if (native === null) throw new Error(`${NATIVE_PACKAGES[choice]} did not register its backend`)
  await use("tensorflow")
  return facts(choice, native.isUsingGpuDevice === true ? "gpu" : "cpu")
}

const loadNative = async (choice: NativeChoice): Promise<Backend> => {
  const file = findNative(choice)
  if (file === undefined) {
    const setup = `npx tanren setup tensorflow${choice === "gpu" ? " --gpu" : ""}`
    throw new Error(`${NATIVE_PACKAGES[choice]} is not installed; \`${setup}\` brings it`)
  }
  const backend = await loadNativeFrom(choice, file)
  if (choice === "gpu" && backend.device !== "gpu") throw new Error(`${NATIVE_PACKAGES.gpu} sees no GPU`)
  return backend
}

const loadWasm = async (): Promise<Backend> => {
  await import("@tensorflow/tfjs-backend-wasm")
  const { registerConvolutions } = await import("./wasm-convolution.ts")
  const { registerDepthwiseGradients } = await import("./wasm-depthwise.ts")
  const { registerGatherGradient } = await import("./wasm-gather.ts")
  const { registerProducts } = await import("./wasm-products.ts")
  await use("wasm")
  registerConvolutions()
  registerDepthwiseGradients()
  registerGatherGradient()
  registerProducts()
  return facts("wasm", "cpu")
}

const loadCpu = async (): Promise<Backend> => {
  await import("@tensorflow/tfjs-backend-cpu")
  await use("cpu")
  return facts("cpu", "cpu")
}

const use = async (name: string): Promise<void> => {
  if (!(await tf.setBackend(name))) throw new Error(`the ${name} backend does not start`)
  await tf.ready()
  registerEinsum()
}

const facts = (backend: BackendChoice, device: string): Backend => ({
  backend,
  device,
  version: tf.version_core,
  processor: cpus()[0]?.model ?? "unknown",
})

const isChoice = (name: string): name is BackendChoice => BACKENDS.some((one) => one === name)

const load = (choice: BackendChoice): Promise<Backend> =>
  choice === "wasm" ? loadWasm() : choice === "cpu" ? loadCpu() : loadNative(choice)

/**
 * Makes the best backend that loads the current one: GPU, native, WASM. A forced one (`TANREN_BACKEND`, or `forced`)
 * that does not load is an error: a campaign must not mix backends unnoticed.
 */
export const selectBackend = async (forced?: BackendChoice): Promise<Backend> => {
  const named = process.env[BACKEND_VARIABLE] || forced
  if (named !== undefined) {
    if (!isChoice(named)) throw new Refused(`backend is "${named}", wanted: gpu, node, wasm or cpu`)
    try {
      return await load(named)
    } catch (error) {
      const why = error instanceof Error ? error.message.split("\n")[0] : String(error)
      throw new Refused(`the backend ${named} was asked for and does not load: ${why}`)
    }
  }
  return (await loadBestNative()) ?? loadWasm()
}

/** A CPU slot hides every GPU from its program on purpose. */
const gpusAreHidden = (): boolean => ["", "-1"].includes(process.env.CUDA_VISIBLE_DEVICES ?? "any")

/**
 * One native package a process: where the GPU package sees no GPU it computes on the CPU itself, which is what the
 * other one would do.
 */
const loadBestNative = async (): Promise<Backend | undefined> => {
  const order: ReadonlyArray<NativeChoice> = gpusAreHidden() ? ["node", "gpu"] : ["gpu", "node"]
  const choice = order.find((one) => findNative(one) !== undefined)
  if (choice === undefined) return undefined
  try {
    const backend = await loadNativeFrom(choice, findNative(choice)!)
    if (choice === "node" || backend.device === "gpu") return backend
    if (!gpusAreHidden()) process.stderr.write(`${NATIVE_PACKAGES.gpu} sees no GPU and computes on the CPU\n`)
    return { ...backend, backend: "node" }
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error)
    process.stderr.write(`${NATIVE_PACKAGES[choice]} is installed and does not load: ${why}\n`)
    return undefined
  }
}
