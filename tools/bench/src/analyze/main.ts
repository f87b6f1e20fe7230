/**
 * node tools/bench/src/analyze/main.ts [--trials 1000] [--evaluations 1000]
 *
 * `tanren analyze` with its report on generated results, as JSON lines and as CSV with one row an evaluation, each in
 * a process of its own. Prints seconds (of the clock, and of the processor: a busy machine shows in their difference) and peak memory; exit code 1 when a target is missed.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { type Shape, writeResults } from "./results-file.ts"

const targets = { seconds: 10, megabytes: 1024 }

const { values } = parseArgs({
  options: { trials: { type: "string", default: "1000" }, evaluations: { type: "string", default: "1000" } },
})
const trials = Number(values.trials)
const evaluations = Number(values.evaluations)
const commandLine = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url))
const measure = new URL("./measure.ts", import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), "tanren-analyze-"))

console.log(`${trials} trials x ${evaluations} evaluations; targets: ${targets.seconds} s, ${targets.megabytes} MiB`)
console.log("| format | file MB | seconds | CPU seconds | peak MiB | report MB | findings |")
console.log("|---|---|---|---|---|---|---|")
let isMissed = false
try {
  for (const shape of ["json-lines", "csv"] as const satisfies ReadonlyArray<Shape>) {
    const file = join(folder, `results.${shape === "csv" ? "csv" : "jsonl"}`)
    const report = join(folder, `${shape}.html`)
    writeResults({ file, shape, trials, evaluations, seed: "analyze-bench" })
    const started = performance.now()
    const ended = spawnSync(
      process.execPath,
      ["--import", measure, commandLine, "analyze", file, "--html", report, "--json"],
      { encoding: "utf8", maxBuffer: 1e9 },
    )
    const seconds = (performance.now() - started) / 1000
    if (ended.status !== 0) throw new Error(`analyze ended with ${ended.status}: ${ended.stderr}`)
    const { peakKilobytes, cpuSeconds } = JSON.parse(ended.stderr.trim().split("\n").at(-1) ?? "{}") as {
      readonly peakKilobytes: number
      readonly cpuSeconds: number
    }
    const { findings } = JSON.parse(ended.stdout) as { findings: ReadonlyArray<unknown> }
    const megabytes = peakKilobytes / 1024
    isMissed ||= !(seconds < targets.seconds && megabytes < targets.megabytes)
    const size = (path: string): string => (statSync(path).size / 1e6).toFixed(1)
    console.log(
      `| ${shape} | ${size(file)} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${megabytes.toFixed(0)} | ${size(report)} | ${findings.length} |`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (isMissed) {
  console.error("A target was missed.")
  process.exitCode = 1
}
