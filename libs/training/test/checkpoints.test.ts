import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import {
  type Checkpoint,
  checkpointsIn,
  readCheckpoint,
  readOrEarlier,
  withoutStale,
  writeCheckpoint,
} from "../src/index.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-checkpoints-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const metric = { name: "valid/error", goal: "minimize" } as const
const at = (step: number): Checkpoint => ({
  step,
  vectors: { parameters: Float32Array.of(0.1, -2, 1e-40, Number.NaN), movings: new Float32Array(0) },
  state: { window: { losses: [0.1 + 0.2] } },
})

test("what is written is read back bit for bit", async () => {
  const path = join(folder, "one")
  await writeCheckpoint(path, at(7))
  expect(readCheckpoint(path)).toEqual({ ok: true, checkpoint: at(7) })
  expect(readdirSync(folder)).toEqual(["one"])
})

test("a file that is cut, changed or missing is refused with its name and the reason", async () => {
  const path = join(folder, "one")
  await writeCheckpoint(path, at(7))
  const whole = readFileSync(path)
  for (const place of [3, 80, whole.length - 1]) {
    const changed = Buffer.from(whole)
    changed[place]! ^= 1
    writeFileSync(path, changed)
    expect(readCheckpoint(path)).toEqual({ ok: false, why: `${path}: its checksum does not match` })
  }
  writeFileSync(path, whole.subarray(0, 70))
  expect(readCheckpoint(path).ok).toBe(false)
  expect(readCheckpoint(join(folder, "none"))).toMatchObject({ ok: false, why: expect.stringContaining("ENOENT") })
})

test("a damaged checkpoint is passed over for the newest whole one before it", async () => {
  const saved = checkpointsIn(folder, metric, 9)
  const paths: Array<string> = []
  for (const step of [10, 20, 30, 40]) paths.push(await saved.save(at(step), step))
  truncateSync(paths[2]!, 100)
  truncateSync(paths[1]!, 0)
  const found = readOrEarlier(paths[2]!)
  expect(found.checkpoint?.step).toBe(10)
  expect(found.damaged).toHaveLength(2)
  truncateSync(paths[0]!, 5)
  expect(readOrEarlier(paths[2]!).checkpoint).toBeUndefined()
})

test("the best so far and the last are kept, the earlier of equals, and never a diverged one as best", async () => {
  const values = [0.5, 0.2, 0.2, Number.NaN, 0.1, 0.3]
  const all = values.map((value, i) => ({ step: i + 1, path: String(i + 1), value }))
  const steps = (goal: "minimize" | "maximize", count: number) =>
    withoutStale(all, { name: "m", goal }, count).kept.map(({ step }) => step)
  expect(steps("minimize", 2)).toEqual([2, 5, 6])
  expect(steps("maximize", 1)).toEqual([1, 6])
  expect(steps("minimize", 0)).toEqual([6])
  const saved = checkpointsIn(folder, metric, 1)
  for (const [i, value] of values.entries()) {
    await saved.save(at(i + 1), value)
    await saved.prune()
  }
  expect(readdirSync(folder)).toEqual(["step-000000005.checkpoint", "step-000000006.checkpoint"])
})
