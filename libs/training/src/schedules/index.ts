import type { ScheduleSpec } from "@tanren/contract"
import { cosine } from "./cosine.ts"
import { linear } from "./linear.ts"
import { type Course, constant } from "./schedule.ts"

export * from "./cosine.ts"
export * from "./extension.ts"
export * from "./linear.ts"
export * from "./schedule.ts"
export * from "./warmup.ts"

/** The course that a trial file asks for. */
export const courseOf =
  (spec: ScheduleSpec): Course =>
  (steps) => {
    if (spec.type === "constant") return constant(steps)
    return spec.type === "linear" ? linear({ ...spec, steps }) : cosine({ ...spec, steps })
  }
