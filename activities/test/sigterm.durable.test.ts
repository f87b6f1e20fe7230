import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startGuarded } from "../src/guarded/guarded.ts"

const PROGRAM = fileURLToPath(new URL("programs/saves-late.mjs", import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-sigterm-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))

/** Starts it, asks it to leave once it listens; how it ended and what it said. */
const askedToLeave = (argv: ReadonlyArray<string>) =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const says = join(folder, "says.log")
        const said = () => (existsSync(says) ? readFileSync(says, "utf8") : "")
        const program = yield* startGuarded({
          argv,
          cwd: folder,
          environment: { PATH: process.env.PATH ?? "", SAYS: says },
          outputFile: join(folder, "output.log"),
          graceSeconds: 600,
        })
        while (!said().includes("ready") && !program.hasEnded()) yield* Effect.sleep("20 millis")
        program.order("term")
        return { ended: yield* program.ended, said: said().trim().split("\n").at(-1) }
      }),
    ),
  )

test("SIGTERM reaches the program alone: its workers live while it saves", async () => {
  const { ended, said } = await askedToLeave([process.execPath, PROGRAM])
  expect(said).toBe("worker lives")
  expect(ended).toEqual({ code: 143, signal: null })
})

test("a shell that hands its place on by exec is no wrapper", async () => {
  const { ended, said } = await askedToLeave(["sh", "-c", 'exec "$@"', "sh", process.execPath, PROGRAM])
  expect(said).toBe("worker lives")
  expect(ended).toEqual({ code: 143, signal: null })
})

test("a shell that dies of SIGTERM leaves its program the grace to save", async () => {
  const { ended, said } = await askedToLeave(["sh", "-c", '"$@"; exit $?', "sh", process.execPath, PROGRAM])
  // The worker is in the group that gets the signal then, which is why `exec` is better.
  expect(said).toMatch(/^worker (lives|died)$/)
  expect(ended).toEqual({ code: null, signal: "SIGTERM" })
})
