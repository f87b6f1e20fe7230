import { enableCompileCache } from "node:module"

// A short command spends half of its time on compiling: Node keeps the result, in the machine's temporary folder.
enableCompileCache()
await import("./command-line.ts")
