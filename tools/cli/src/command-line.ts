import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { usage } from "./usage.ts"

const BAD_INPUT = 2

/** Each is loaded when it is asked for: most bring Temporal along, which no other command should wait for. */
const commands = {
  init: async () => (await import("./commands/init.ts")).init,
  plan: async () => (await import("./commands/plan.ts")).plan,
  suggest: async () => (await import("./commands/suggest.ts")).suggest,
  run: async () => (await import("./commands/run.ts")).run,
  status: async () => (await import("./commands/status.ts")).status,
  report: async () => (await import("./commands/report.ts")).report,
  show: async () => (await import("./commands/show.ts")).show,
  trials: async () => (await import("./commands/trials.ts")).trials,
  decide: async () => (await import("./commands/decide.ts")).decide,
  pause: async () => (await import("./commands/steer.ts")).pause,
  resume: async () => (await import("./commands/steer.ts")).resume,
  cancel: async () => (await import("./commands/steer.ts")).cancel,
  trainer: async () => (await import("./commands/trainer.ts")).trainer,
  setup: async () => (await import("./commands/setup.ts")).setup,
  analyze: async () => (await import("./commands/analyze.ts")).analyze,
}

/** The one that was asked for; all where that is none of them, for the help. */
const asked = process.argv.slice(2).find((word) => !word.startsWith("-"))
const wanted = Object.entries(commands).filter(([name]) => name === asked)
const loading = (wanted.length > 0 ? wanted : Object.entries(commands)).map(([, load]) => load())

const tanren = Command.make("tanren").pipe(
  Command.withDescription("The Deep Learning Tuning Playbook, run as durable code"),
  Command.withSubcommands(await Promise.all(loading)),
)

/** What a person gave wrongly ends with 2 and a clear line; trouble of ours ends with 1. */
const exitWith = (code: number) =>
  Effect.sync(() => {
    process.exitCode = code
  })

// A closed terminal is no reason to lose more than Ctrl-C would.
process.once("SIGHUP", () => process.kill(process.pid, "SIGINT"))

Command.run(tanren, { version: "0.1.0" }).pipe(
  Effect.catchTags({
    ShowHelp: ({ errors }) => exitWith(errors.length > 0 ? BAD_INPUT : 0),
    BadInput: (error) => Effect.andThen(Console.error(error.message), exitWith(BAD_INPUT)),
    NoTemporal: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    MachineTaken: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    Dying: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    Unanswered: (error) => Effect.andThen(Console.error(`Temporal: ${error.message}`), exitWith(1)),
    TrackingError: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
  }),
  Effect.provide([NodeServices.layer, usage]),
  NodeRuntime.runMain,
)
