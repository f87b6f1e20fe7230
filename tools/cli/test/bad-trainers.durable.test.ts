import { statSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { campaignFolder, recordOf, shortCampaign, tanren, writeCampaign } from "./campaign-run.ts"

/** Each bad program, and the outcome its trial is recorded with. */
const outcomes: Readonly<Record<string, readonly [status: string, reason: RegExp]>> = {
  exits: ["failed", /exited with code 1: no module named torch \(2 times\)/],
  garbage: ["failed", /without ever reporting valid\/error/],
  silent: ["failed", /without ever reporting valid\/error: it reported nothing at all/],
  nan: ["infeasible", /diverged at step 0: valid\/error is NaN/],
  hungry: ["infeasible", /MiB of memory, its limit is 300/],
  killed: ["failed", /SIGKILL.*out of memory/],
  painted: ["failed", /exited with code 1: no data in data\/train/],
  stubborn: ["failed", /reported nothing for 30 s/],
}

describe("bad trainers", () => {
  test("each ends as its trial's recorded outcome, and the campaign goes on", async () => {
    const folder = campaignFolder()
    const kinds = ["good", ...Object.keys(outcomes)]
    const campaign = shortCampaign({
      trainer: { type: "program", command: [process.execPath, "mixed.mjs"], env: [] },
      hyperparameters: [{ name: "kind", type: "categorical", values: kinds }],
      baseline: { kind: "good" },
      goals: [
        {
          question: "Which program works?",
          scientific: ["kind"],
          algorithm: "listed",
          studies: "each",
          points: kinds.map((kind) => ({ kind })),
          trials: kinds.length,
          repeats: 3,
        },
      ],
      limits: { silenceSeconds: 30, memoryMb: 300, graceSeconds: 1, tries: 2 },
    })
    const record = recordOf(folder)
    const run = tanren(folder, ["run", writeCampaign(folder, campaign)])
    expect(await run.ended, run.output()).toBe(0)
    expect((await record.newest())?.status).toBe("finished")
    const trials = await record.trials()
    for (const [kind, [status, reason]] of Object.entries(outcomes)) {
      const trial = trials.find(({ hyperparameters }) => hyperparameters.kind === kind)
      expect({ kind, status: trial?.status }).toEqual({ kind, status })
      expect(trial?.reason).toMatch(reason)
    }
    const good = trials.filter(({ hyperparameters }) => hyperparameters.kind === "good")
    expect(good.every(({ status }) => status === "completed")).toBe(true)

    // What programs print is shown without what a terminal would obey, by every command.
    const painted = trials.find(({ hyperparameters }) => hyperparameters.kind === "painted")
    const show = tanren(folder, ["show", `${painted?.study}/${painted?.index}`])
    expect(await show.ended).toBe(0)
    expect(show.output()).toContain("no data in data/train")
    const listed = tanren(folder, ["trials"])
    await listed.ended
    for (const text of [run.output(), show.output(), listed.output()]) expect(text).not.toMatch(/(?![\t\n])\p{Cc}/u)

    // Nobody else reads it, nor writes it.
    const state = join(folder, ".tanren")
    const others = (file: string) => statSync(join(state, file)).mode & 0o077
    expect(["record.sqlite", "stack.lock", "stack.json", "scope"].map(others)).toEqual([0, 0, 0, 0])
  })
})
