import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { type CommandName, commands, tanren, VERSION } from "./commands/index.ts"
import { safeConsole } from "./console.ts"
import { usage } from "./usage.ts"

const BAD_INPUT = 2

/** The one that was asked for; all where that is none of them, for the help. */
const asked = process.argv.slice(2).find((word) => !word.startsWith("-"))
const all = Object.keys(commands) as ReadonlyArray<CommandName>
const wanted = all.filter((name) => name === asked)
const commandLine = await tanren(wanted.length > 0 ? wanted : all)

/** What a person gave wrongly ends with 2 and a clear line; trouble of ours ends with 1. */
const exitWith = (code: number) =>
  Effect.sync(() => {
    process.exitCode = code
  })

// A closed terminal is no reason to lose more than Ctrl-C would.
process.once("SIGHUP", () => process.kill(process.pid, "SIGINT"))

Command.run(commandLine, { version: VERSION }).pipe(
  Effect.catchTags({
    ShowHelp: ({ errors }) => exitWith(errors.length > 0 ? BAD_INPUT : 0),
    BadInput: (error) => Effect.andThen(Console.error(error.message), exitWith(BAD_INPUT)),
    NoTemporal: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    MachineTaken: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    Unlockable: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    Dying: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
    NotAsked: (error) =>
      Effect.andThen(
        Console.error(`${error.message}: it was decided by someone else, or at the deadline`),
        exitWith(1),
      ),
    Unanswered: (error) => Effect.andThen(Console.error(`Temporal: ${error.message}`), exitWith(1)),
    RecordError: (error) => Effect.andThen(Console.error(error.message), exitWith(1)),
  }),
  Effect.provide([NodeServices.layer, usage]),
  Effect.provideService(Console.Console, safeConsole),
  NodeRuntime.runMain,
)
