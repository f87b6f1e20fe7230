// A worker in a process of its own that runs strays.mjs; argv: a folder to work in.
import { Effect } from "effect"
import { runProgram } from "../../src/train/run-program.ts"
import { strayRequest } from "./stray-request.ts"

await Effect.runPromise(runProgram(strayRequest(process.argv[2] ?? "", "stay"), () => Effect.void))
