// The model of model.mjs, trial after trial in one process: a module with another query is evaluated anew.
import { createInterface } from "node:readline"

globalThis.warm = true
await import("./model.mjs")
if (process.env.TANREN_WARM === "1" && !process.argv.includes("leaves-after-one")) {
  let trials = 1
  let waiting = true
  process.on("SIGTERM", () => waiting && process.exit(143))
  for await (const line of createInterface({ input: process.stdin })) {
    const { trial, events } = JSON.parse(line)
    process.env.TANREN_TRIAL = trial
    process.env.TANREN_EVENTS = process.argv.includes("deaf-to-the-next") ? process.env.TANREN_EVENTS : events
    trials += 1
    waiting = false
    await import(`./model.mjs?${trials}`)
    waiting = true
  }
}
process.exit(process.env.TANREN_WARM === "1" && process.argv.includes("leaves-with-1") ? 1 : 0)
