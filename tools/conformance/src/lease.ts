import { devicesFor, type Resources } from "@tanren/activities"
import { Effect } from "effect"

/**
 * One device for as long as the scope, such as a training worker would lease. A GPU is taken only while no campaign
 * trains on this machine: a trial that shares its memory may run out of it, and would count as infeasible.
 */
export const leaseDevice = Effect.fn("leaseDevice")(function* (wanted: Resources, doing = "checks a program") {
  const { leases } = yield* devicesFor(wanted)
  if (wanted.resources === "gpu") {
    const { holdMachine } = yield* Effect.promise(() => import("@tanren/workers"))
    yield* holdMachine(`process ${process.pid}, which ${doing}`)
  }
  return leases[0]!
})
