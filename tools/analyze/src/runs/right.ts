import { readFileSync } from "node:fs"
import { accept, type Outcome, refuse } from "../outcome.ts"

/**
 * Which validation examples each run has right, from a file of ones and zeros: a run a line (`1,0,1,…` or `101…`), or an
 * example a line where there is one run.
 */
export const readRight = (file: string): Outcome<ReadonlyArray<string>> => {
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    return refuse(`${file}: cannot be read (${error instanceof Error && "code" in error ? error.code : error})`)
  }
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/[\s,;]/g, ""))
    .filter((line) => line !== "")
  const odd = lines.findIndex((line) => !/^[01]+$/.test(line))
  if (odd !== -1)
    return refuse(
      `${file}: line ${odd + 1} is ${JSON.stringify(lines[odd]?.slice(0, 20))}; wanted: ones and zeros alone, a run a line (numpy: savetxt(file, right, fmt="%d"))`,
    )
  const runs = lines.every((line) => line.length === 1) ? [lines.join("")] : lines
  const [first] = runs
  if (first === undefined) return refuse(`${file}: holds no ones and zeros`)
  const other = runs.findIndex((run) => run.length !== first.length)
  if (other !== -1)
    return refuse(
      `${file}: run 1 has ${first.length} examples, run ${other + 1} has ${runs[other]?.length}; all have to answer the same ones, in one order`,
    )
  return accept(runs)
}
