import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findNative, markerIn, nativeFolder } from "@tanren/training/native"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { checkTensorflow, cudaFound, setupTensorflow } from "../src/index.ts"
import { buildFromWheel } from "../src/wheel.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-setup-"))
  vi.stubEnv("TANREN_CACHE", folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test("the cache folder is TANREN_CACHE's, else XDG's, else the home's; one folder a package", () => {
  expect(nativeFolder("node")).toBe(join(folder, "tensorflow-2.15.1"))
  expect(nativeFolder("gpu")).toBe(join(folder, "tensorflow-2.15.1-gpu"))
  vi.stubEnv("TANREN_CACHE", "")
  vi.stubEnv("XDG_CACHE_HOME", "/x")
  expect(nativeFolder("node")).toBe("/x/tanren/tensorflow-2.15.1")
  vi.stubEnv("XDG_CACHE_HOME", "")
  vi.stubEnv("HOME", "/home/ada")
  expect(nativeFolder("node")).toBe("/home/ada/.cache/tanren/tensorflow-2.15.1")
})

/** A package that can be required, and nothing more. */
const install = (home: string): void => {
  const place = join(home, "node_modules", "@tensorflow", "tfjs-node")
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, "package.json"), JSON.stringify({ name: "@tensorflow/tfjs-node", main: "index.js" }))
  writeFileSync(join(place, "index.js"), "")
}

test("an install that never finished is not found; a finished one is", () => {
  const home = nativeFolder("node")
  expect(findNative("node")).toBeUndefined()
  install(home)
  expect(findNative("node")).toBeUndefined()
  writeFileSync(markerIn(home), "{}")
  expect(findNative("node")).toBe(join(home, "node_modules/@tensorflow/tfjs-node/index.js"))
  expect(findNative("gpu")).toBeUndefined()
})

test("a check says what is missing, and what is there and does not work", async () => {
  expect(await checkTensorflow("node")).toMatchObject({
    ok: false,
    tried: [expect.stringMatching(/holds no finished install/)],
  })
  install(nativeFolder("node"))
  writeFileSync(markerIn(nativeFolder("node")), "{}")
  expect(await checkTensorflow("node")).toMatchObject({
    ok: false,
    tried: [expect.stringMatching(/did not register its backend/)],
  })
})

test("an unreachable host and a machine without tools: each way says why at once, and nothing is left behind", async () => {
  vi.stubEnv("TFJS_NODE_CDN_STORAGE", "http://127.0.0.1:9/")
  vi.stubEnv("PATH", join(folder, "empty"))
  const said: Array<string> = []
  const outcome = await setupTensorflow("node", (line) => said.push(line))
  expect(outcome).toMatchObject({
    ok: false,
    tried: [
      expect.stringMatching(/^the stock package: its download host does not give http:\/\/127\.0\.0\.1:9\/.*\(.+\)$/),
      "TensorFlow's PyPI wheel: there is no `npm` on the PATH",
    ],
  })
  expect(said.join("\n")).toContain("Trying TensorFlow's PyPI wheel")
  expect(readdirSync(folder)).toEqual([])
})

test("the stock GPU package is only tried where its CUDA is", async () => {
  expect(cudaFound([folder])).toBe(false)
  writeFileSync(join(folder, "libcudart.so.11.0"), "")
  expect(cudaFound([folder])).toBe(true)
})

/** Programs by these names that write down how they were called. */
const recordingTools = (names: ReadonlyArray<string>): string => {
  const bin = join(folder, "bin")
  mkdirSync(bin)
  for (const name of names) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n`, { mode: 0o755 })
  }
  return bin
}

const python = spawnSync("python3", ["--version"]).status === 0

const WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
    z.writestr("tensorflow/libtensorflow_cc.so.2", "cc")
    z.writestr("tensorflow/libtensorflow_framework.so.2", "framework")
    z.writestr("tensorflow/include/tensorflow/c/c_api.h", "api")
    z.writestr("tensorflow/include/external/local_tsl/tsl/platform/ctstring.h", "string")
    z.writestr("tensorflow/include/tensorflow/core/graph.h", "not wanted")
    z.writestr("tensorflow/python/ops.py", "not wanted")
    z.writestr("tensorflow-2.15.1.dist-info/METADATA", """Name: tensorflow
Requires-Dist: numpy <2.0.0,>=1.23.5
Requires-Dist: nvidia-cublas-cu12 ==12.2.5.6 ; extra == 'and-cuda'
Requires-Dist: nvidia-cudnn-cu12 (==8.9.4.25) ; extra == 'and-cuda'
Requires-Dist: tensorrt ==8.6.1.post1 ; extra == 'and-cuda'
""")
`

test.skipIf(!python)("of a wheel: the libraries, the C headers, and the CUDA wheels that it pins", () => {
  const wheel = join(folder, "tensorflow-2.15.1.whl")
  execFileSync("python3", ["-c", WHEEL, wheel])
  execFileSync("python3", [new URL("../src/unpack_wheel.py", import.meta.url).pathname, wheel, join(folder, "deps")])
  const files = readdirSync(join(folder, "deps"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + "/deps/".length))
  expect(files.sort()).toEqual([
    "cuda-requirements.txt",
    "include/tensorflow/c/c_api.h",
    "include/tsl/platform/ctstring.h",
    "lib/libtensorflow_cc.so.2",
    "lib/libtensorflow_framework.so.2",
  ])
  expect(readFileSync(join(folder, "deps/cuda-requirements.txt"), "utf8")).toBe(
    "nvidia-cublas-cu12==12.2.5.6\nnvidia-cudnn-cu12==8.9.4.25\n",
  )
})

test.skipIf(process.platform !== "linux" || process.arch !== "x64")(
  "the GPU build brings the pinned CUDA wheels beside the library",
  async () => {
    const bin = recordingTools(["npm", "g++"])
    // Stands for pip and for the unpacking: leaves what they would leave.
    const fake = `#!/bin/sh
echo "python3 $*" >> "${folder}/calls"
case "$*" in
  *download*) mkdir -p "${folder}/wheel"; : > "${folder}/wheel/t.whl" ;;
  *unpack_wheel*) mkdir -p "$3/lib"; printf 'nvidia-cublas-cu12==12.2.5.6\\n' > "$3/cuda-requirements.txt" ;;
esac
`
    writeFileSync(join(bin, "python3"), fake, { mode: 0o755 })
    vi.stubEnv("PATH", `${bin}:/usr/bin:/bin`)
    await buildFromWheel("gpu", folder, () => undefined)
    const deps = join(folder, "node_modules/@tensorflow/tfjs-node-gpu/deps")
    const calls = readFileSync(join(folder, "calls"), "utf8")
    expect(calls).toMatch(/npm install .*--ignore-scripts @tensorflow\/tfjs-node-gpu@4\.22\.0/)
    expect(calls).toMatch(/pip .*download .*tensorflow==2\.15\.1/)
    expect(calls).toContain(`--target ${deps} --requirement ${deps}/cuda-requirements.txt`)
    expect(calls).toMatch(/g\+\+ .*tfjs_backend\.cc .*-ltensorflow/)
    expect(existsSync(join(folder, "wheel"))).toBe(false)
  },
)
