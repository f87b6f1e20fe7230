import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** A Python that has SciPy, or why there is none. */
export type Python = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string }

/** Kept between runs, outside version control. */
const folder = fileURLToPath(new URL("../../../../.tanren/bench-scipy", import.meta.url))

/** Finds SciPy in the given Python, or installs it into a virtual environment of the bench's own. */
export function pythonWithScipy(given: string | undefined): Python {
  if (given !== undefined)
    return hasScipy(given) ? { ok: true, path: given } : { ok: false, reason: `${given} cannot import scipy` }
  const path = `${folder}/bin/python`
  if (existsSync(path) && hasScipy(path)) return { ok: true, path }
  mkdirSync(folder, { recursive: true })
  const steps = [
    ["python3", "-m", "venv", folder],
    [path, "-m", "pip", "install", "--quiet", "scipy", "numpy"],
  ]
  for (const [command = "", ...rest] of steps) {
    const ended = spawnSync(command, rest, { encoding: "utf8" })
    if (ended.status !== 0) {
      const why = ended.error?.message ?? ended.stderr.trim().split("\n").at(-1)
      return { ok: false, reason: `\`${[command, ...rest].join(" ")}\` failed: ${why}` }
    }
  }
  return hasScipy(path) ? { ok: true, path } : { ok: false, reason: `${path} cannot import scipy` }
}

function hasScipy(path: string): boolean {
  return spawnSync(path, ["-c", "import scipy.stats.qmc"]).status === 0
}

/** Seconds of each run of `scipy.stats.qmc.Halton(dimensions, scramble=True).random(count)`, construction included. */
export function scipyRuns(
  path: string,
  count: number,
  dimensions: number,
  runs: number,
): { readonly version: string; readonly seconds: ReadonlyArray<number> } {
  const program = `
import json, sys, time
import scipy
from scipy.stats import qmc
count, dimensions, runs = map(int, sys.argv[1:])
qmc.Halton(dimensions, scramble=True, seed=0).random(1000)
seconds = []
for seed in range(runs):
    began = time.perf_counter()
    qmc.Halton(dimensions, scramble=True, seed=seed).random(count)
    seconds.append(time.perf_counter() - began)
print(json.dumps({"version": scipy.__version__, "seconds": seconds}))
`
  const ended = spawnSync(path, ["-W", "ignore", "-c", program, ...[count, dimensions, runs].map(String)], {
    encoding: "utf8",
  })
  if (ended.status !== 0) throw new Error(`SciPy's run failed: ${ended.stderr.trim()}`)
  return JSON.parse(ended.stdout)
}
