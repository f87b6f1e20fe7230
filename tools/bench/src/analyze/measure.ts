/** Loaded before the command line: says at its end what the process took, on the last line of standard error. */
import { writeSync } from "node:fs"

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  writeSync(2, `\n${JSON.stringify({ peakKilobytes: maxRSS, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 })}\n`)
})
