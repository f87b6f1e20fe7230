import type { ScaleName } from "@tanren/terms"
import { linear } from "./linear.ts"
import { log } from "./log.ts"
import { reverseLog } from "./reverse-log.ts"
import type { Scale } from "./scale.ts"

export type { Scale } from "./scale.ts"

export const scales: Readonly<Record<ScaleName, Scale>> = { linear, log, reverse_log: reverseLog }

/** The scale of a range: linear where it names none. */
export const scaleOf = ({ scale = "linear" }: { readonly scale?: ScaleName }): Scale => scales[scale]
