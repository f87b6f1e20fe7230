import { existsSync } from "node:fs"
import { NATIVE_PACKAGES, NATIVE_VERSION, type NativeChoice } from "@tanren/training/native"
import { run } from "./run.ts"

/** The variable by which the stock package itself is sent to another host. */
const hosts = () => process.env.TFJS_NODE_CDN_STORAGE || "https://storage.googleapis.com/"
/** The library that the stock package fetches when it is installed on Linux x64. */
const libraryUrl = () => `${hosts()}tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz`
const ANSWERS_WITHIN_SECONDS = 8
const INSTALL_SECONDS = 900

/** A child, because only a fresh Node takes the proxy variables that the package's own download honours. */
const PROBE = `
const timeout = AbortSignal.timeout(${ANSWERS_WITHIN_SECONDS * 1000})
const answer = await fetch(process.argv[1], { method: "HEAD", signal: timeout })
if (!answer.ok) throw new Error("HTTP " + answer.status)`

/** Asked first: the package's install tries for minutes before it says that its host is out of reach. */
const hostAnswers = async (): Promise<void> => {
  const url = libraryUrl()
  const args = [
    "--no-warnings",
    "--input-type=module",
    "-e",
    `try {${PROBE}} catch (e) {
    process.stdout.write(String(e.cause?.code ?? e.message))
  }`,
    url,
  ]
  const trouble = await run(process.execPath, args, {
    environment: { NODE_USE_ENV_PROXY: "1" },
    timeoutSeconds: 2 * ANSWERS_WITHIN_SECONDS,
  })
  if (trouble !== "") throw new Error(`its download host does not give ${url} (${trouble})`)
}

const CUDA_FOLDERS = [
  "/usr/local/cuda/lib64",
  "/usr/local/cuda-11/lib64",
  "/usr/local/cuda-11.2/lib64",
  "/usr/lib/x86_64-linux-gnu",
]

/** The stock GPU package wants CUDA 11 of the system; on anything newer it computes on the CPU without a word. */
export const cudaFound = (folders: ReadonlyArray<string> = CUDA_FOLDERS): boolean =>
  folders.some((folder) => existsSync(`${folder}/libcudart.so.11.0`))

/** Installs the package as it comes, with its own download; an error says why it cannot. */
export const installStock = async (choice: NativeChoice, folder: string): Promise<void> => {
  if (choice === "gpu" && !cudaFound()) {
    throw new Error("it wants the CUDA 11.2 libraries, and this machine has no libcudart.so.11.0")
  }
  await hostAnswers()
  await npmInstall([`${NATIVE_PACKAGES[choice]}@${NATIVE_VERSION}`], folder, true)
}

/** Into the folder's own node_modules, whatever npm or npx started this process. */
export const npmInstall = (packages: ReadonlyArray<string>, folder: string, scripts: boolean): Promise<string> => {
  const quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
  const args = ["install", "--prefix", folder, ...quiet, ...(scripts ? [] : ["--ignore-scripts"]), ...packages]
  return run("npm", args, { cwd: folder, timeoutSeconds: INSTALL_SECONDS })
}
