/**
 * Stores histories of today's workflows for the replay tests: `node workflows/test/record-histories.ts NAME`.
 * Stored histories are never rewritten: a change of a workflow must keep replaying those of earlier versions, and adds
 * histories of its own under a new name.
 */
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { findTemporal, workflowBundle } from "@tanren/workers"
import { campaign, pause, resume } from "@tanren/workflows"
import { TestWorkflowEnvironment } from "@temporalio/testing"
import { Worker } from "@temporalio/worker"
import { Effect } from "effect"
import { campaignInput, QUEUE, type Script, simulated } from "./simulated.ts"

const name = process.argv[2]
if (name === undefined) throw new Error("give the new histories a name, such as the version: v1")
const folder = fileURLToPath(new URL(`./histories/${name}`, import.meta.url))
if (existsSync(folder)) throw new Error(`${folder} exists; stored histories are never rewritten`)
mkdirSync(folder, { recursive: true })

const path = await Effect.runPromise(findTemporal("temporal"))
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: "existing-path", path } },
  client: { identity: "tanren" },
})

const script: Script = {
  goals: 3,
  kinds: ["goal", "rounds", "final-tuning"],
  trials: 7,
  refinement: (round) =>
    round === 1 ? { next: "run", studies: [{ study: "g1.a.r1", trials: 2 }] } : { next: "judge" },
  lost: (goal) => (goal === 0 || goal === 1 ? 1 : 0),
  proposal: { decision: "adopt", text: "adopt a", waitMs: 1_500 },
  train: (study, index, attempt) => {
    if (study === "baseline" && index === 1 && attempt < 3)
      return { status: "crashed", reason: "code 1", triesAllowed: 3 }
    if (study === "g1.b" && index === 0) return { status: "infeasible", reason: "diverged at step 3" }
    return { status: "completed", value: 0.1, bestStep: 5 }
  },
}
const worker = await Worker.create({
  connection: environment.nativeConnection,
  taskQueue: QUEUE,
  identity: "tanren",
  workflowBundle: await workflowBundle(),
  activities: simulated(script).activities,
})

await worker.runUntil(async () => {
  const handle = await environment.client.workflow.start(campaign, {
    workflowId: "tanren/c",
    taskQueue: QUEUE,
    args: [campaignInput("c", { continueAsNewAfter: 5 })],
  })
  await handle.executeUpdate(pause)
  await handle.executeUpdate(resume)
  await handle.result()
  const runs = environment.client.workflow.list()
  let stored = 0
  for await (const run of runs) {
    if (run.type === "trial" && stored++ > 6) continue
    const show = ["workflow", "show", "--workflow-id", run.workflowId, "--run-id", run.runId, "--output", "json"]
    const history = execFileSync(path, [...show, "--address", environment.address], { encoding: "utf8" })
    const place = `${run.workflowId.replaceAll("/", "_")}.${run.runId.slice(0, 4)}`
    writeFileSync(`${folder}/${place}.json`, `${JSON.stringify(JSON.parse(history))}\n`)
  }
})
await environment.teardown()
