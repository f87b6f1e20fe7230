import { Command } from "effect/cli"

export const VERSION = "0.1.0"

/** Each is loaded when it is asked for: most bring Temporal along, which no other command should wait for. */
export const commands = {
  init: async () => (await import("./init.ts")).init,
  plan: async () => (await import("./plan.ts")).plan,
  suggest: async () => (await import("./suggest.ts")).suggest,
  run: async () => (await import("./run.ts")).run,
  status: async () => (await import("./status.ts")).status,
  report: async () => (await import("./report.ts")).report,
  show: async () => (await import("./show.ts")).show,
  trials: async () => (await import("./trials.ts")).trials,
  test: async () => (await import("./test.ts")).test,
  decide: async () => (await import("./decide.ts")).decide,
  pause: async () => (await import("./steer.ts")).pause,
  resume: async () => (await import("./steer.ts")).resume,
  cancel: async () => (await import("./steer.ts")).cancel,
  trainer: async () => (await import("./trainer.ts")).trainer,
  setup: async () => (await import("./setup.ts")).setup,
  compare: async () => (await import("./compare.ts")).compare,
  analyze: async () => (await import("./analyze.ts")).analyze,
}

export type CommandName = keyof typeof commands

/** The command line with these of its commands. */
export const tanren = async (names: ReadonlyArray<CommandName>) =>
  Command.make("tanren").pipe(
    Command.withDescription("The Deep Learning Tuning Playbook, run as durable code"),
    Command.withSubcommands(await Promise.all(names.map((name) => commands[name]()))),
  )
