import { spawnSync } from "node:child_process"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The virtual environment that `npm run test:python` makes, for every test of a Python program. */
export const pythonEnvironment = fileURLToPath(new URL("../../../node_modules/.cache/tanren/python", import.meta.url))

/** PATH with that environment in front: without it, `python3` is the machine's own. */
export const pythonPath = `${join(pythonEnvironment, "bin")}${delimiter}${process.env.PATH}`

/** Whether `python3` on that path imports a module. */
export const pythonHas = (module: string): boolean =>
  spawnSync("python3", ["-c", `import ${module}`], { env: { ...process.env, PATH: pythonPath } }).status === 0
