import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { decide } from "./commands/decide.ts"
import { report } from "./commands/report.ts"
import { run } from "./commands/run.ts"
import { status } from "./commands/status.ts"
import { cancel, pause, resume } from "./commands/steer.ts"

const BAD_INPUT = 2

const tanren = Command.make("tanren").pipe(
  Command.withDescription("The Deep Learning Tuning Playbook, run as durable code"),
  Command.withSubcommands([run, status, report, decide, pause, resume, cancel]),
)

/** What a person gave wrongly ends with 2 and a clear line; trouble of ours ends with 1. */
const exitWith = (code: number) =>
  Effect.sync(() => {
    process.exitCode = code
  })

Command.run(tanren, { version: "0.1.0" }).pipe(
  Effect.catchTags({
    BadInput: (error) => Effect.andThen(Console.error(error.message), exitWith(BAD_INPUT)),
    NoTemporal: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    Dying: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    Unanswered: (error) => Effect.andThen(Console.error(`Temporal: ${error.message}`), exitWith(1)),
    TrackingError: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
  }),
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain,
)
