import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { runProgram } from "../src/train/run-program.ts"

test("printed metrics that cannot be written end the attempt as trouble, and its program with it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-printed-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  // A folder that is gone is as unwritable as a full disk, for root as well.
  const eventsFile = join(folder, "gone", "events.jsonl")
  const limits = { wallSeconds: 600, silenceSeconds: 600, graceSeconds: 1, keepCheckpoints: 1, tries: 1 } as const
  const lost = await Effect.runPromise(
    Effect.flip(
      runProgram(
        {
          argv: [process.execPath, "-e", "console.log('loss 3'); setInterval(() => undefined, 1000)"],
          cwd: folder,
          environment: { PATH: process.env.PATH ?? "" },
          folder,
          eventsFile,
          outputFile: join(folder, "output.log"),
          limits,
          fromStdout: { "train/loss": "loss (\\S+)" },
        },
        () => Effect.void,
      ),
    ),
  )
  expect(lost).toMatchObject({ _tag: "NotKept" })
})
