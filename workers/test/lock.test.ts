import { mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { isHeld, lock } from "../src/lock.ts"
import { writeWhole } from "../src/write-whole.ts"

const folder = () => mkdtempSync(join(tmpdir(), "tanren-lock-"))

describe("lock", () => {
  test("a look tells whether it is held, leaves the holder's name, and does not hold it itself", async () => {
    const file = join(folder(), "stack.lock")
    expect(isHeld(file)).toBe(false)
    const seen = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          yield* lock(file, "process 7")
          return { held: isHeld(file), by: yield* Effect.flip(Effect.scoped(lock(file, "process 8"))) }
        }),
      ),
    )
    expect(seen.held).toBe(true)
    expect(seen.by.message).toContain("process 7")
    expect(isHeld(file)).toBe(false)
  })
})

describe("writeWhole", () => {
  test("replaces a file and leaves nothing beside it", () => {
    const at = folder()
    for (const text of ["first", "second"]) writeWhole(join(at, "stack.json"), text)
    expect(readFileSync(join(at, "stack.json"), "utf8")).toBe("second")
    expect(readdirSync(at)).toEqual(["stack.json"])
  })
})
