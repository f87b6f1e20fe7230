/** Runs training programs on this machine's devices, one trial a device. */
import { Devices, devicesFor, endOutlived, StateFolder, statePaths, trainingActivities } from "@tanren/activities"
import { ExperimentRecord } from "@tanren/record"
import { Worker } from "@temporalio/worker"
import { Effect, Layer, ManagedRuntime } from "effect"
import { readSettings, trainingQueue } from "../settings.ts"
import { connected } from "../temporal/connected.ts"

const settings = readSettings()

// Without a device it leaves with the reason: one that waited for none would hold every trial up in silence.
const { leases } = await Effect.runPromise(devicesFor(settings))

const paths = statePaths(settings.stateFolder)
const runtime = ManagedRuntime.make(
  Layer.mergeAll(ExperimentRecord.layer(paths.record), StateFolder.layer(paths.root), Devices.layer(leases)),
)
await runtime.runPromise(endOutlived)

const connection = await connected(settings.address)
const worker = await Worker.create({
  connection,
  namespace: settings.namespace,
  taskQueue: trainingQueue(settings.scope, settings.resources),
  activities: trainingActivities(runtime),
  maxConcurrentActivityTaskExecutions: leases.length,
  // Cancelling must reach a program within seconds, and a heartbeat is how it does.
  maxHeartbeatThrottleInterval: "2s",
  // On shutdown programs are asked to leave at once: their checkpoints carry them over.
  shutdownGraceTime: 0,
  shutdownForceTime: "60s",
})
try {
  await worker.run()
} finally {
  await connection.close()
  await runtime.dispose()
}
