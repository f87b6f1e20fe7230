import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { fingerprint } from "../src/temporal/fingerprint.ts"

test("every file in any subfolder counts by its path and its content, and so does the version", () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-fingerprint-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, "work", "deeper"), { recursive: true })
  writeFileSync(join(folder, "index.ts"), "one")
  writeFileSync(join(folder, "work", "deeper", "goal.ts"), "two")
  const before = fingerprint(folder, "1")
  expect(before).toMatch(/^[0-9a-f]{16}$/)
  expect(fingerprint(folder, "1")).toBe(before)
  expect(fingerprint(folder, "2")).not.toBe(before)

  writeFileSync(join(folder, "work", "deeper", "goal.ts"), "three")
  const edited = fingerprint(folder, "1")
  expect(edited).not.toBe(before)

  renameSync(join(folder, "work", "deeper", "goal.ts"), join(folder, "work", "goal.ts"))
  expect(fingerprint(folder, "1")).not.toBe(edited)
})
