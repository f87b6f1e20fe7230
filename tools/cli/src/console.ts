import { withoutControls } from "@tanren/terms"
import type { Console } from "effect"

const shown = (parts: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  parts.map((part) => (typeof part === "string" ? withoutControls(part) : part))

/**
 * What every command prints to. Whatever a program, a file or an old record holds, no control sequence of theirs
 * reaches the terminal.
 */
export const safeConsole: Console.Console = Object.assign(Object.create(globalThis.console), {
  log: (...parts: ReadonlyArray<unknown>) => globalThis.console.log(...shown(parts)),
  error: (...parts: ReadonlyArray<unknown>) => globalThis.console.error(...shown(parts)),
})
