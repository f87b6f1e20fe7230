import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { bundleCode } from "@tanren/workers"
import { Worker } from "@temporalio/worker"
import { beforeAll, describe, expect, test } from "vitest"
import * as work from "../src/work/index.ts"

const folder = fileURLToPath(new URL("./histories", import.meta.url))
const histories = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"))
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"))

describe("workflow code", () => {
  let code = ""
  beforeAll(async () => {
    code = await bundleCode()
  }, 600_000)

  test("the bundle stays under 1 MB and carries nothing of Effect, Node or the record", () => {
    expect(code.length).toBeLessThan(1_000_000)
    for (const foreign of ["node_modules/effect/", "node:sqlite", "libs/record", "libs/playbook", "libs/insight"]) {
      expect(code).not.toContain(foreign)
    }
  })

  test("histories of every workflow are stored, of runs that continued as new, too", () => {
    for (const workflow of ["campaign", ...Object.keys(work), "study", "trial", "launch"]) {
      const of = histories.filter(
        (name) => read(name).events[0].workflowExecutionStartedEventAttributes.workflowType.name === workflow,
      )
      expect(of.length, workflow).toBeGreaterThan(0)
    }
    const continued = histories.filter((name) =>
      JSON.stringify(read(name)).includes("WORKFLOW_EXECUTION_CONTINUED_AS_NEW"),
    )
    expect(continued.length).toBeGreaterThanOrEqual(2)
  })

  test.each(histories)("replays %s", async (name) => {
    await Worker.runReplayHistory({ workflowBundle: { code } }, read(name))
  })

  test("a history that does not fit the code is refused", async () => {
    const study = histories.find((name) => name.includes("study_baseline."))
    const history = read(study ?? "")
    const scheduled = history.events.find(
      (event: { activityTaskScheduledEventAttributes?: object }) => event.activityTaskScheduledEventAttributes,
    )
    scheduled.activityTaskScheduledEventAttributes.activityType.name = "somethingElse"
    await expect(Worker.runReplayHistory({ workflowBundle: { code } }, history)).rejects.toThrow(/[Nn]ondeterminism/)
  })
})
