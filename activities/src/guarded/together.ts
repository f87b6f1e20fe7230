import { fileURLToPath } from "node:url"

const SCRIPT = fileURLToPath(new URL("./processes.ts", import.meta.url))

/** Starts `count` processes of a command as one program: what ends, stops or kills it does so to all of them. */
export const togetherArgv = (argv: ReadonlyArray<string>, count: number): ReadonlyArray<string> => [
  process.execPath,
  "--no-warnings",
  SCRIPT,
  String(count),
  ...argv,
]
