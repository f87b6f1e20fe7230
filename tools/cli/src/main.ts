import { enableCompileCache } from "node:module"
import { dirname } from "node:path"

// A short command spends half of its time on compiling: Node keeps the result, in the machine's temporary folder. The
// workers, guards and programs of a campaign, which start again and again, find it there by the variable.
const { directory } = enableCompileCache()
if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= dirname(directory)
await import("./command-line.ts")
