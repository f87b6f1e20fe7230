/**
 * `npm run test:python`: the Python parts and examples, in a virtual environment of their own.
 *
 * NumPy and JAX are installed (about 0.5 GB on disk); PyTorch, whose wheel from PyPI brings gigabytes of CUDA
 * libraries, only with `-- --torch` (and Lightning and transformers with it). What is absent is named as not tested.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const environment = join(root, "node_modules/.cache/tanren/python")
const python = join(environment, "bin/python")
const packages = [
  "numpy",
  "jax",
  ...(process.argv.includes("--torch") ? ["torch", "lightning", "transformers", "accelerate"] : []),
]

const run = (command: string, args: ReadonlyArray<string>, quiet = false): number =>
  spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", quiet ? "ignore" : "inherit", quiet ? "ignore" : "inherit"],
    env: { ...process.env, VIRTUAL_ENV: environment, PATH: `${join(environment, "bin")}:${process.env.PATH}` },
  }).status ?? 1

if (!existsSync(python)) {
  mkdirSync(environment, { recursive: true })
  if (run("python3", ["-m", "venv", environment]) !== 0) {
    console.error(
      "python3 -m venv failed: Python 3.9 or newer with its venv module is needed (apt install python3-venv)",
    )
    process.exit(1)
  }
}
for (const name of packages) {
  if (run(python, ["-c", `import ${name}`], true) === 0) continue
  console.log(`Installing ${name} …`)
  if (run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", name]) !== 0) {
    console.error(`NOT TESTED: ${name} could not be installed`)
  }
}
const folders = ["libs/trainer/python", "examples/jax", "examples/pytorch"]
const failed = folders.filter((folder) => {
  console.log(`\n${folder}`)
  return run(python, ["-m", "unittest", "discover", "-v", "-s", folder]) !== 0
})
if (failed.length > 0) console.error(`\nFailed: ${failed.join(", ")}`)
process.exit(failed.length === 0 ? 0 : 1)
