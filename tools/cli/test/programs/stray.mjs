// steps.mjs with a child that leaves its process group: Node's `detached` is setsid.
import { spawn } from "node:child_process"

const wait = "setInterval(() => undefined, 1000)"
if (process.platform === "linux") {
  const child = spawn(process.execPath, ["-e", wait, "stray-of", process.cwd()], { detached: true, stdio: "ignore" })
  child.unref()
}
await import("./steps.mjs")
