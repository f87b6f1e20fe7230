import { mkdtempSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { stateFolderFor } from "../src/state.ts"

test("a state folder is made for its owner alone; one that its owner opened up stays as it is", async () => {
  const directory = mkdtempSync(join(tmpdir(), "tanren-state-"))
  const made = await Effect.runPromise(stateFolderFor(directory, undefined))
  expect(made).toBe(join(directory, ".tanren"))
  expect(statSync(made).mode & 0o777).toBe(0o700)
  const opened = statSync(directory).mode & 0o777
  await Effect.runPromise(stateFolderFor(tmpdir(), directory))
  expect(statSync(directory).mode & 0o777).toBe(opened)
})
