// Runs a program that takes memory until somebody stops it, and prints how that ended; argv: a folder to work in.
import { join } from "node:path"
import { Effect } from "effect"
import { runProgram } from "../../src/train/run-program.ts"

const folder = process.argv[2] ?? ""
// The kernel shall take the program, not this process.
const greedy = `
require("node:fs").writeFileSync("/proc/self/oom_score_adj", "1000")
const kept = []
setInterval(() => kept.push(Buffer.alloc(20 * 1024 * 1024, 1)), 20)
`
const request = {
  argv: [process.execPath, "-e", greedy],
  cwd: folder,
  environment: {},
  folder,
  eventsFile: join(folder, "events.jsonl"),
  outputFile: join(folder, "output.log"),
  limits: { wallSeconds: 600, silenceSeconds: 600, graceSeconds: 1, tries: 1, keepCheckpoints: 1 },
}
const exit = await Effect.runPromise(runProgram(request, () => Effect.void))
process.stdout.write(JSON.stringify(exit))
