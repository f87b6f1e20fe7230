/** Loaded before the command line: says at its end what the process took, on the last line of standard error. */
import { writeSync } from "node:fs"

process.on("exit", () => {
  const { maxRSS } = process.resourceUsage()
  writeSync(2, `\n${JSON.stringify({ peakKilobytes: maxRSS, seconds: performance.now() / 1000 })}\n`)
})
