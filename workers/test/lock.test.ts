import { spawnSync } from "node:child_process"
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { describe, expect, onTestFinished, test, vi } from "vitest"
import { isHeld, lock } from "../src/lock.ts"
import { holdMachine } from "../src/machine.ts"
import { ownFolder } from "../src/own-files.ts"
import { writeWhole } from "../src/write-whole.ts"

const folder = () => mkdtempSync(join(tmpdir(), "tanren-lock-"))
const permissions = (file: string) => statSync(file).mode & 0o777
const refused = (file: string) => Effect.runPromise(Effect.flip(Effect.scoped(lock(file, "process 7"))))

describe("lock", () => {
  test("a look tells whether it is held, leaves the holder's name, and does not hold it itself", async () => {
    const file = join(folder(), "stack.lock")
    expect(isHeld(file)).toBe(false)
    const seen = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          yield* lock(file, "process 7")
          const by = yield* Effect.flip(Effect.scoped(lock(file, "process 8")))
          return { held: isHeld(file), by, modes: [permissions(file), permissions(`${file}.holder`)] }
        }),
      ),
    )
    expect(seen.held).toBe(true)
    expect(seen.by._tag).toBe("Held")
    expect(seen.by.message).toContain("process 7")
    expect(seen.modes).toEqual([0o600, 0o600])
    expect(isHeld(file)).toBe(false)
  })

  test("a refused second lock of the same process leaves the first one held", async () => {
    const file = join(folder(), "stack.lock")
    const look = `import { isHeld } from ${JSON.stringify(new URL("../src/lock.ts", import.meta.url).href)}
console.log(isHeld(process.argv[1]))`
    const seen = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          yield* lock(file, "process 7")
          yield* Effect.flip(Effect.scoped(lock(file, "process 8")))
          return spawnSync(process.execPath, ["--input-type=module", "--eval", look, file], { encoding: "utf8" }).stdout
        }),
      ),
    )
    expect(seen.trim()).toBe("true")
  })

  test("what is no lock is not taken for one that somebody holds", async () => {
    const at = folder()
    writeFileSync(join(at, "victim"), "kept")
    symlinkSync(join(at, "victim"), join(at, "linked.lock"))
    expect(await refused(join(at, "linked.lock"))).toMatchObject({ _tag: "Unlockable" })
    expect(readFileSync(join(at, "victim"), "utf8")).toBe("kept")

    mkdirSync(join(at, "folder.lock"))
    expect(await refused(join(at, "folder.lock"))).toMatchObject({ _tag: "Unlockable" })

    writeFileSync(join(at, "text.lock"), "this was never a database\n".repeat(100))
    expect((await refused(join(at, "text.lock"))).message).toMatch(/text\.lock cannot be taken: .*not a database/)
    expect(isHeld(join(at, "text.lock"))).toBe(false)
  })
})

describe("the machine's lock", () => {
  test("lies in a folder of one's own, whatever the folder for temporary files is", async () => {
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const cache = folder()
    vi.stubEnv("TANREN_MACHINE_LOCK", undefined)
    vi.stubEnv("XDG_CACHE_HOME", cache)
    const taken = Effect.scoped(
      Effect.gen(function* () {
        yield* holdMachine("one")
        vi.stubEnv("TMPDIR", folder())
        return yield* Effect.flip(Effect.scoped(holdMachine("two")))
      }),
    )
    expect(await Effect.runPromise(taken)).toMatchObject({ _tag: "MachineTaken", by: "one" })
    expect(permissions(join(cache, "tanren", "locks"))).toBe(0o700)
    // What others may write is taken back before it is used.
    chmodSync(join(cache, "tanren", "locks"), 0o777)
    await Effect.runPromise(Effect.scoped(holdMachine("one")))
    expect(permissions(join(cache, "tanren", "locks"))).toBe(0o700)
  })

  const another = process.getuid?.() === 0 ? test : test.skip
  another("a folder that another user made first is refused (only root can make one here)", () => {
    const theirs = join(folder(), "locks")
    mkdirSync(theirs)
    spawnSync("chown", ["65534", theirs])
    expect(() => ownFolder(theirs)).toThrow(/belongs to another user/)
  })
})

describe("writeWhole", () => {
  test("replaces a file and leaves nothing beside it", () => {
    const at = folder()
    for (const text of ["first", "second"]) writeWhole(join(at, "stack.json"), text)
    expect(readFileSync(join(at, "stack.json"), "utf8")).toBe("second")
    expect(readdirSync(at)).toEqual(["stack.json"])
  })

  test("never writes through a link that somebody laid where it writes first", () => {
    const at = folder()
    writeFileSync(join(at, "victim"), "kept")
    symlinkSync(join(at, "victim"), join(at, `stack.json.${process.pid}.unfinished`))
    expect(() => writeWhole(join(at, "stack.json"), "text")).toThrow(/ELOOP/)
    expect(readFileSync(join(at, "victim"), "utf8")).toBe("kept")
  })
})
