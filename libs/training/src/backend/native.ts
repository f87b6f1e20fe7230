import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { homedir } from "node:os"
import { join } from "node:path"

/** `gpu` and `node`: the two native packages of TensorFlow.js; a process can load one of them. */
export type NativeChoice = "gpu" | "node"

export const NATIVE_PACKAGES = { gpu: "@tensorflow/tfjs-node-gpu", node: "@tensorflow/tfjs-node" } as const

/** The release that goes with the tfjs-core in use. */
export const NATIVE_VERSION = "4.22.0"
/** The last release of TensorFlow whose wheel still works under that package. */
export const LIBTENSORFLOW_VERSION = "2.15.1"

/** What `tanren setup tensorflow` leaves in its folder once the backend computed rightly. */
export interface NativeInstalled {
  readonly package: string
  readonly version: string
  /** `stock`: the package's own download; `wheel`: built against the library in the PyPI wheel. */
  readonly by: "stock" | "wheel"
  readonly libtensorflow: string
}

const MARKER = "installed.json"

/** Beside the Temporal programs, outside every package.json: `TANREN_CACHE`, else the user's cache folder. */
export const nativeFolder = (choice: NativeChoice): string => {
  const cache = process.env.TANREN_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tanren")
  return join(cache, `tensorflow-${LIBTENSORFLOW_VERSION}${choice === "gpu" ? "-gpu" : ""}`)
}

export const markerIn = (folder: string): string => join(folder, MARKER)

/** What `tanren setup tensorflow` left in a folder; undefined when it never finished there. */
export const installedIn = (folder: string): NativeInstalled | undefined =>
  existsSync(markerIn(folder)) ? (JSON.parse(readFileSync(markerIn(folder), "utf8")) as NativeInstalled) : undefined

const resolvedFrom = (from: string, choice: NativeChoice): string | undefined => {
  try {
    return createRequire(from).resolve(NATIVE_PACKAGES[choice])
  } catch {
    return undefined
  }
}

/** The file to `require`, in a folder with `node_modules`. */
export const nativeIn = (folder: string, choice: NativeChoice): string | undefined =>
  resolvedFrom(join(folder, "package.json"), choice)

/** The file to `require`: of the user's own install, else of `tanren setup tensorflow`; undefined where there is none. */
export const findNative = (choice: NativeChoice): string | undefined => {
  const folder = nativeFolder(choice)
  return (
    resolvedFrom(import.meta.url, choice) ?? (installedIn(folder) === undefined ? undefined : nativeIn(folder, choice))
  )
}
