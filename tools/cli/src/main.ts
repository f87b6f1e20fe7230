import { enableCompileCache } from "node:module"
import { homedir } from "node:os"
import { join } from "node:path"

// A short command spends half of its time on compiling: Node keeps the result. The workers, guards and programs of a
// campaign, which start again and again, find it by the variable. Node's own place for it is the folder for temporary
// files, where anybody may be first to make it, and what lies there is run.
process.env.NODE_COMPILE_CACHE ??= join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tanren", "compiled")
enableCompileCache()
await import("./command-line.ts")
