import { fileURLToPath } from "node:url"
import type { NativeChoice } from "@tanren/training/native"
import { run } from "./run.ts"

const PROGRAM = fileURLToPath(new URL("./check-program.ts", import.meta.url))
/** A GPU compiles its first kernels. */
const SECONDS = 300

export interface Checked {
  readonly device: string
  readonly libtensorflow: string
  /** What was computed and compared with the right answer. */
  readonly operations: ReadonlyArray<{ readonly name: string; readonly right: boolean; readonly found?: string }>
  /** 512 x 512 matrix products a second. */
  readonly productsPerSecond: number
}

/** Loads the native package that lies in a folder, in a process of its own, and lets it compute. */
export const checkNative = async (choice: NativeChoice, folder: string): Promise<Checked> => {
  const printed = await run(process.execPath, ["--no-warnings", PROGRAM, choice, folder], { timeoutSeconds: SECONDS })
  return JSON.parse(printed.trim().split("\n").at(-1)!) as Checked
}
