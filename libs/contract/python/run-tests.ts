/**
 * `npm run test:python`: the Python parts and examples, in a virtual environment of their own.
 *
 * NumPy and JAX are installed (about 0.5 GB on disk); PyTorch, whose wheel from PyPI brings gigabytes of CUDA
 * libraries, only with `-- --torch` (and Lightning and transformers with it). What is absent is named as not tested.
 *
 * Exit codes: 0; 1 where a test failed; 69 (EX_UNAVAILABLE) where there is no Python to test with.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { pythonEnvironment, pythonPath } from "./environment.ts"

const UNAVAILABLE = 69
/** A network that hangs must not hang the suite with it. */
const INSTALL_MS = { small: 180_000, torch: 900_000 }

const root = fileURLToPath(new URL("../../../", import.meta.url))
const python = join(pythonEnvironment, "bin/python")
const withTorch = process.argv.includes("--torch")
const packages = ["numpy", "jax", ...(withTorch ? ["torch", "lightning", "transformers", "accelerate"] : [])]

const run = (
  command: string,
  args: ReadonlyArray<string>,
  { quiet = false, timeout }: { readonly quiet?: boolean; readonly timeout?: number } = {},
): number =>
  spawnSync(command, args, {
    cwd: root,
    timeout,
    stdio: ["ignore", quiet ? "ignore" : "inherit", quiet ? "ignore" : "inherit"],
    env: { ...process.env, VIRTUAL_ENV: pythonEnvironment, PATH: pythonPath },
  }).status ?? 1

if (!existsSync(python)) {
  mkdirSync(pythonEnvironment, { recursive: true })
  if (run("python3", ["-m", "venv", pythonEnvironment]) !== 0) {
    console.error(
      "NOT TESTED: python3 -m venv failed: Python 3.9 or newer with its venv module is needed (apt install python3-venv)",
    )
    process.exit(UNAVAILABLE)
  }
}
const imports = (name: string): boolean => run(python, ["-c", `import ${name}`], { quiet: true }) === 0
const absent = packages.filter((name) => !imports(name))
if (absent.length > 0) {
  console.log(`Installing ${absent.join(", ")} …`)
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20"]
  run(python, [...pip, ...absent], { timeout: withTorch ? INSTALL_MS.torch : INSTALL_MS.small })
  for (const name of absent.filter((one) => !imports(one))) {
    console.error(`NOT TESTED: ${name} could not be installed`)
  }
}
const folders = ["libs/contract/python", "examples/jax", "examples/pytorch"]
const failed = folders.filter((folder) => {
  console.log(`\n${folder}`)
  return run(python, ["-m", "unittest", "discover", "-v", "-s", folder]) !== 0
})
if (failed.length > 0) console.error(`\nFailed: ${failed.join(", ")}`)
process.exit(failed.length === 0 ? 0 : 1)
