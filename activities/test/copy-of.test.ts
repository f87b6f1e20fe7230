import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { copyOf } from "../src/train/copy-of.ts"

const runs = () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-copy-of-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, "runs"))
  writeFileSync(join(folder, "runs", "step-8.pt"), "step 8")
  return folder
}

test("a checkpoint that is a link is copied as the file that it means, and outlives the runs", async () => {
  const folder = runs()
  symlinkSync("step-8.pt", join(folder, "runs", "best.pt"))
  const to = join(folder, "best.pt")
  await copyOf(join(folder, "runs", "best.pt"), to)
  rmSync(join(folder, "runs"), { recursive: true })
  expect(lstatSync(to).isFile()).toBe(true)
  expect(readFileSync(to, "utf8")).toBe("step 8")
})

test("links inside a checkpoint's folder are copied as what they mean; those to nowhere or back are left out", async () => {
  const folder = runs()
  const saved = join(folder, "runs", "step-8")
  mkdirSync(saved)
  symlinkSync("../step-8.pt", join(saved, "weights"))
  symlinkSync("gone", join(saved, "nowhere"))
  symlinkSync("..", join(saved, "back"))
  const to = join(folder, "copied")
  await copyOf(saved, to)
  expect(readdirSync(to)).toEqual(["weights"])
  expect(lstatSync(join(to, "weights")).isFile()).toBe(true)
})
