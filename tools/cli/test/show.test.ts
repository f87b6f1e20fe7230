import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { CampaignRow, TrialRow } from "@tanren/record"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { prepareRerun, ranWith } from "../src/rerun.ts"
import { shellWords } from "../src/shell-words.ts"
import { folder } from "./command-run.ts"

const spec = {
  trainer: {
    type: "program",
    command: [
      "sh",
      "-c",
      'cp "$TANREN_TRIAL" seen.json; echo "$0 $1" > "$TANREN_EVENTS"',
      "{learning_rate}",
      "it's {use}",
    ],
    env: ["DATA_DIR"],
    data: [],
    resources: "cpu",
  },
  hyperparameters: [
    { name: "learning_rate", type: "float", low: 0.01, high: 1 },
    { name: "use", type: "boolean" },
  ],
  maxTrainSteps: 10,
  evalEverySteps: 5,
} as const

test("a trial is prepared for a run by hand, its values filled in, beside what the record holds", async () => {
  const root = folder()
  const row = { id: "c", directory: "..", file: "campaign.ts", spec } as unknown as CampaignRow
  const trial = {
    study: "g1.use=true",
    index: 3,
    fence: 2,
    hyperparameters: { learning_rate: 0.25, use: true },
    seeds: { init: 1, data: 2, dropout: 3 },
  } as unknown as TrialRow
  const ran = await Effect.runPromise(ranWith(row, {}, trial, join(root, ".tanren")))
  expect(ran).toMatchObject({ directory: root, environment: ["DATA_DIR"] })
  expect(ran.argv.slice(3)).toEqual(["0.25", "it's true"])
  const prepare = (to: string) => Effect.runPromise(Effect.result(prepareRerun(ran, to, spec as never)))
  const again = join(root, "my runs", "again")
  expect(await prepare(again)).toMatchObject({ failure: { message: expect.stringContaining("file is gone") } })

  mkdirSync(dirname(ran.trialFile), { recursive: true })
  const kept = { trial: "g1.use=true/3", checkpointDir: "/old", resumeFrom: "/old/step-5", seeds: { init: 1 } }
  writeFileSync(ran.trialFile, JSON.stringify(kept))
  const prepared = await prepare(again)
  const command = prepared._tag === "Success" ? prepared.success : ""
  execFileSync("sh", ["-c", command])
  expect(JSON.parse(readFileSync(join(root, "seen.json"), "utf8"))).toEqual({
    ...kept,
    checkpointDir: join(again, "checkpoints"),
    resumeFrom: null,
  })
  expect(readFileSync(join(again, "events.jsonl"), "utf8")).toBe("0.25 it's true\n")
  expect(JSON.parse(readFileSync(ran.trialFile, "utf8"))).toEqual(kept)
  expect(await prepare(again)).toMatchObject({ failure: { message: expect.stringContaining("already holds a run") } })
})

test("words for a shell are quoted where they have to be", () => {
  expect(shellWords(["python3", "train.py", "--lr=0.1", "a b", "it's", "$HOME", ""])).toBe(
    `python3 train.py --lr=0.1 'a b' 'it'\\''s' '$HOME' ''`,
  )
})
