import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"
import { BACKENDS, type BackendChoice, findNative } from "../src/index.ts"
import type { BackendReport } from "./backend-program.ts"

const program = new URL("backend-program.ts", import.meta.url).pathname

/** In a process of its own: two native packages cannot share one. */
const reportOf = (backend: BackendChoice): BackendReport => {
  const env = { ...process.env, TANREN_BACKEND: backend }
  const printed = execFileSync(process.execPath, ["--no-warnings", program], { env, encoding: "utf8" })
  return JSON.parse(printed.trim().split("\n").at(-1)!)
}

const refusalOf = (backend: BackendChoice): string => {
  try {
    reportOf(backend)
    return "none"
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error)
  }
}

const cpu = reportOf("cpu")
const present = (backend: "node" | "gpu"): boolean => findNative(backend) !== undefined
/** Present is not enough for a GPU: one must be seen. */
const gpuWorks = present("gpu") && refusalOf("gpu") === "none"

const matrix: ReadonlyArray<readonly [backend: BackendChoice, here: boolean, otherwise: string]> = [
  ["cpu", true, ""],
  ["wasm", true, ""],
  ["node", present("node"), "@tensorflow/tfjs-node is not installed: npx tanren setup tensorflow"],
  [
    "gpu",
    gpuWorks,
    present("gpu")
      ? "@tensorflow/tfjs-node-gpu sees no GPU here"
      : "@tensorflow/tfjs-node-gpu is not installed: npx tanren setup tensorflow --gpu",
  ],
]

for (const [backend, here, otherwise] of matrix) {
  if (here) {
    test(`${backend}: TESTED: three models train to the same losses, and convolutions compute the same, as in plain JavaScript`, () => {
      const found = reportOf(backend)
      expect(found).toMatchObject({ backend, device: backend === "gpu" ? "gpu" : "cpu" })
      for (const [model, losses] of Object.entries(cpu.losses)) {
        expect(found.losses[model]!.at(-1)).toBeLessThan(losses[0]!)
        for (const [step, loss] of losses.entries()) expect(found.losses[model]![step]).toBeCloseTo(loss, 4)
      }
      for (const [convolution, values] of Object.entries(cpu.convolutions)) {
        for (const [part, value] of values.entries()) {
          expect(found.convolutions[convolution]![part], convolution).toBeCloseTo(value, 3)
        }
      }
    })
  } else {
    test.skip(`${backend}: NOT TESTED (${otherwise})`, () => {})
    test(`${backend}, forced and not to be had, is refused and never replaced`, () => {
      expect(refusalOf(backend)).toContain(`the backend ${backend} was asked for and does not load`)
    })
  }
}

test("the matrix of backends says of each that it is tested, or by name that it is not", () => {
  const lines = matrix.map(
    ([backend, here, otherwise]) => `${backend}: ${here ? "tested" : `NOT TESTED (${otherwise})`}`,
  )
  process.stdout.write(`Backends\n${lines.map((line) => `  ${line}\n`).join("")}`)
  expect(matrix.map(([backend]) => backend).sort()).toEqual([...BACKENDS].sort())
})
