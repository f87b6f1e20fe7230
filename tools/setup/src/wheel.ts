import { mkdir, readdir, readFile, rm, symlink } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { LIBTENSORFLOW_VERSION, NATIVE_PACKAGES, NATIVE_VERSION, type NativeChoice } from "@tanren/training/native"
import { run } from "./run.ts"
import { npmInstall } from "./stock.ts"

const UNPACK = fileURLToPath(new URL("./unpack_wheel.py", import.meta.url))
/** The PyPI project that carries the library: the CPU one is a third of the size. */
const WHEELS = { node: "tensorflow-cpu", gpu: "tensorflow" } as const
/** The wheel's shared libraries do not depend on Python; any of its wheels serves, whatever Python is here. */
const WHEEL_PYTHON = "3.11"
/** The binding is written against Node-API, which any later Node keeps. */
const NODE_API = 8
const DOWNLOAD_SECONDS = 1_800
const BUILD_SECONDS = 600

/** Builds the native package in a folder against the library in TensorFlow's PyPI wheel. Linux on x64 only. */
export const buildFromWheel = async (choice: NativeChoice, folder: string, say: (line: string) => void) => {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`building from the wheel is for linux on x64, this is ${process.platform} on ${process.arch}`)
  }
  say(`npm: ${NATIVE_PACKAGES[choice]} ${NATIVE_VERSION}, without its download`)
  await npmInstall([`${NATIVE_PACKAGES[choice]}@${NATIVE_VERSION}`, "node-api-headers@1"], folder, false)
  const home = join(folder, "node_modules", NATIVE_PACKAGES[choice])
  const deps = join(home, "deps")
  say(`pip: the library of ${WHEELS[choice]} ${LIBTENSORFLOW_VERSION}`)
  await unpackWheel(choice, folder, deps)
  if (choice === "gpu") await bringCuda(deps, say)
  say("c++: the binding")
  await build(home, join(folder, "node_modules", "node-api-headers", "include"))
}

const pip = (args: ReadonlyArray<string>) =>
  run("python3", ["-m", "pip", "--disable-pip-version-check", ...args], { timeoutSeconds: DOWNLOAD_SECONDS })

const unpackWheel = async (choice: NativeChoice, folder: string, deps: string): Promise<void> => {
  const downloads = join(folder, "wheel")
  const which = ["--no-deps", "--only-binary=:all:", "--python-version", WHEEL_PYTHON]
  await pip(["download", "--quiet", ...which, "--dest", downloads, `${WHEELS[choice]}==${LIBTENSORFLOW_VERSION}`])
  const [wheel] = await readdir(downloads)
  await run("python3", [UNPACK, join(downloads, wheel!), deps], { timeoutSeconds: BUILD_SECONDS })
  await rm(downloads, { recursive: true })
  // The names by which the linker finds them.
  await symlink("libtensorflow_cc.so.2", join(deps, "lib", "libtensorflow.so"))
  await symlink("libtensorflow_framework.so.2", join(deps, "lib", "libtensorflow_framework.so"))
}

/** The library looks for CUDA in the folder `nvidia` beside its own: no LD_LIBRARY_PATH is needed. */
const bringCuda = async (deps: string, say: (line: string) => void): Promise<void> => {
  const file = join(deps, "cuda-requirements.txt")
  const wheels = (await readFile(file, "utf8")).trim().split("\n")
  say(`pip: the ${wheels.length} CUDA 12 libraries that it was built for (several GB)`)
  await pip(["install", "--quiet", "--no-deps", "--target", deps, "--requirement", file])
}

const build = async (home: string, nodeHeaders: string): Promise<void> => {
  const out = join(home, "lib", `napi-v${NODE_API}`)
  await mkdir(out, { recursive: true })
  const flags = ["-std=c++17", "-O2", "-fPIC", "-shared", `-DNAPI_VERSION=${NODE_API}`]
  const includes = ["-I..", "-Ideps/include", `-I${nodeHeaders}`]
  const sources = ["binding/tfjs_backend.cc", "binding/tfjs_binding.cc"]
  const libraries = ["-Ldeps/lib", "-Wl,-rpath,$ORIGIN/../../deps/lib", "-ltensorflow", "-ltensorflow_framework"]
  const args = [...flags, ...includes, ...sources, "-o", join(out, "tfjs_binding.node"), ...libraries]
  await run(process.env.CXX || "g++", args, { cwd: home, timeoutSeconds: BUILD_SECONDS })
}
