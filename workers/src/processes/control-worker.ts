/** Runs workflows and the decisions they ask for. */
import { decisionActivities, StateFolder, statePaths } from "@tanren/activities"
import { ExperimentRecord } from "@tanren/record"
import { Worker } from "@temporalio/worker"
import { Layer, ManagedRuntime } from "effect"
import { controlQueue, readSettings } from "../settings.ts"
import { workflowBundle } from "../temporal/bundle.ts"
import { connected } from "../temporal/connected.ts"

const settings = readSettings()
const paths = statePaths(settings.stateFolder)
const runtime = ManagedRuntime.make(Layer.mergeAll(ExperimentRecord.layer(paths.record), StateFolder.layer(paths.root)))

const connection = await connected(settings.address)
const worker = await Worker.create({
  connection,
  namespace: settings.namespace,
  taskQueue: controlQueue(settings.scope),
  workflowBundle: await workflowBundle(),
  activities: decisionActivities(runtime),
  maxConcurrentActivityTaskExecutions: 8,
  maxCachedWorkflows: 100,
  // A worker that was killed keeps its workflows for this long before another may take them.
  stickyQueueScheduleToStartTimeout: "3s",
  shutdownGraceTime: "5s",
})
try {
  await worker.run()
} finally {
  await connection.close()
  await runtime.dispose()
}
