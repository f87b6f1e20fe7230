import { Schema } from "effect"
import { comesTo, count, described, orElse, positive, text } from "./values.ts"

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `"24h"`, `"90s"` or a number of milliseconds; undefined where it is none of them, or not above 0. */
function milliseconds(duration: number | string): number | undefined {
  if (typeof duration === "number") return duration > 0 ? Math.round(duration) : undefined
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*$/.exec(duration) ?? []
  if (amount === undefined || unit === undefined) return undefined
  const total = Math.round(Number(amount) * (UNITS[unit] ?? 0))
  return total > 0 ? total : undefined
}

const times = 'a time such as "90s", "30m", "24h", "7d"'
const duration = Schema.Union([Schema.Finite, Schema.String])
  .annotate({ expected: `milliseconds, or ${times}` })
  .check(
    Schema.makeFilter((given) => milliseconds(given) !== undefined, { expected: `milliseconds above 0, or ${times}` }),
  )

const launch = {
  ask: orElse(Schema.Boolean, false),
  /** What happens when nobody answers. */
  then: orElse(
    Schema.Literals(["keep", "adopt"]).annotateKey(described("What happens when nobody answers; keep unless given.")),
    "keep",
  ),
}
const withinMs = count(1, "whole milliseconds, at least 1")

const Launch = comesTo(
  Schema.Struct({
    ask: launch.ask,
    /** How long a person is waited for: milliseconds, or a number with `ms`, `s`, `m`, `h` or `d`. */
    within: orElse(duration.annotateKey(described("How long a person is waited for; 24h unless given.")), "24h"),
    withinMs: Schema.optionalKey(withinMs),
    then: launch.then,
  }),
  Schema.Struct({
    ask: launch.ask,
    /** How long a person is waited for, in milliseconds. */
    withinMs,
    then: launch.then,
  }),
  // Every length of time that passed its check is a number of milliseconds.
  ({ within, ...rest }) => ({ withinMs: milliseconds(within) as number, ...rest }),
)

export const Policy = Schema.Struct({
  refine: orElse(Schema.Literals(["auto", "ask", "never"]), "auto"),
  launch: orElse(Launch, {}),
  parallel: orElse(
    count(1, "a whole number of trials, at least 1").annotateKey(described("Trials at once; 2 unless given.")),
    2,
  ),
  /** Trials after which the campaign and its studies continue as new. */
  continueAsNewAfter: orElse(
    count(1, "a whole number of trials, at least 1").annotateKey(
      described("Trials after which the campaign and its studies continue as new; 500 unless given."),
    ),
    500,
  ),
  /** argv of a command that is told when a launch waits and when the campaign ends (`TANREN_ABOUT`, `TANREN_TEXT`). */
  notify: orElse(Schema.Array(text), []),
})

/** Passing one is a recorded outcome with its reason. */
export const Limits = Schema.Struct({
  wallSeconds: orElse(
    positive("seconds, more than 0").annotateKey(
      described("How long a trial may train; what was lost to an interruption does not count. 86400 unless given."),
    ),
    86_400,
  ),
  silenceSeconds: orElse(
    positive("seconds, more than 0").annotateKey(
      described("Longest time without a word from the program; 3600 unless given."),
    ),
    3_600,
  ),
  memoryMb: Schema.optionalKey(positive("MiB, more than 0")),
  diskMb: Schema.optionalKey(positive("MiB, more than 0")),
  /** How often a program that crashes is started again before its trial counts as failed. */
  tries: orElse(count(1, "a whole number of starts, at least 1"), 3),
  /** From SIGTERM to SIGKILL. */
  graceSeconds: orElse(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0, { expected: "seconds, 0 or more" })), 10),
  keepCheckpoints: orElse(count(1, "a whole number of checkpoints, at least 1"), 2),
})
