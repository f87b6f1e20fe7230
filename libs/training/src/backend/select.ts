import { createRequire } from "node:module"
import { cpus } from "node:os"
import util from "node:util"
import { Refused } from "../refused.ts"
import { tf } from "../tensor.ts"

/** `gpu` and `node`: the native packages; `wasm`: needs no install; `cpu`: plain JavaScript, by force only. */
export type BackendChoice = "gpu" | "node" | "wasm" | "cpu"

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

const PACKAGES = { gpu: "@tensorflow/tfjs-node-gpu", node: "@tensorflow/tfjs-node" } as const

const require = createRequire(import.meta.url)

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
const restoreRemoved = (): void => {
  const old = util as unknown as Record<string, unknown>
  old.isNullOrUndefined ??= (x: unknown) => x === null || x === undefined
  old.isArray ??= Array.isArray
}

const loadNative = (choice: "gpu" | "node"): Backend => {
  restoreRemoved()
  require(PACKAGES[choice])
  const native = tf.backend() as { readonly isUsingGpuDevice?: boolean }
  if (tf.getBackend() !== "tensorflow") throw new Error(`${PACKAGES[choice]} did not register its backend`)
  if (choice === "gpu" && native.isUsingGpuDevice !== true) throw new Error(`${PACKAGES.gpu} sees no GPU`)
  return facts(choice, native.isUsingGpuDevice === true ? "gpu" : "cpu")
}

const loadWasm = async (): Promise<Backend> => {
  await import("@tensorflow/tfjs-backend-wasm")
  const { registerWasmGradients } = await import("./wasm-gradients.ts")
  await use("wasm")
  registerWasmGradients()
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
}

const facts = (backend: BackendChoice, device: string): Backend => ({
  backend,
  device,
  version: tf.version_core,
  processor: cpus()[0]?.model ?? "unknown",
})

const isChoice = (name: string): name is BackendChoice => ["gpu", "node", "wasm", "cpu"].includes(name)

const load = (choice: BackendChoice): Backend | Promise<Backend> =>
  choice === "wasm" ? loadWasm() : choice === "cpu" ? loadCpu() : loadNative(choice)

const installed = (choice: "gpu" | "node"): boolean => {
  try {
    require.resolve(PACKAGES[choice])
    return true
  } catch {
    return false
  }
}

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
  for (const choice of ["gpu", "node"] as const) {
    if (!installed(choice)) continue
    try {
      return loadNative(choice)
    } catch (error) {
      const why = error instanceof Error ? error.message.split("\n")[0] : String(error)
      process.stderr.write(`${PACKAGES[choice]} is installed and does not load: ${why}\n`)
    }
  }
  return loadWasm()
}
