import type { ScheduleSpec } from "@tanren/trainer"
import { cosine } from "./cosine.ts"
import { linear } from "./linear.ts"
import { constant, type Schedule } from "./schedule.ts"
import { withWarmup } from "./warmup.ts"

export * from "./cosine.ts"
export * from "./extension.ts"
export * from "./linear.ts"
export * from "./schedule.ts"
export * from "./warmup.ts"

/** The schedule that a trial file asks for, over `steps` in all of which the first `warmupSteps` are warmup. */
export const scheduleOf = (spec: ScheduleSpec, steps: number, warmupSteps = 0): Schedule => {
  const after = Math.max(1, steps - warmupSteps)
  const schedule =
    spec.type === "constant"
      ? constant
      : spec.type === "linear"
        ? linear({ ...spec, steps: after })
        : cosine({ ...spec, steps: after })
  return warmupSteps === 0 ? schedule : withWarmup(warmupSteps, schedule)
}
