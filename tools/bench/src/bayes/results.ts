import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import type { Result } from "./one-run.ts"

/** Runs that are there are not run again: peers take hours, and a session may end at any time. */
export const readResults = (path: string): ReadonlyArray<Result> =>
  existsSync(path)
    ? readFileSync(path, "utf8")
        .split("\n")
        .filter((line) => line.endsWith("}"))
        .map((line) => JSON.parse(line))
    : []

export const addResult = (path: string, result: Result): void => {
  mkdirSync(dirname(path), { recursive: true })
  appendFileSync(path, `${JSON.stringify(result)}\n`)
}
