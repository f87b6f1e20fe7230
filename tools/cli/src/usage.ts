import { Console, Effect } from "effect"
import { CliOutput, type HelpDoc } from "effect/cli"

/**
 * How the command line speaks: help goes to standard output; a wrong call gets its errors and where to find help, on
 * standard error, so that output meant for a file never holds a page of help.
 */
export const usage = CliOutput.layerPresenter({
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? Console.error(
          [
            ...event.errors.map(({ message }) => message),
            `Usage: ${usageOf(event.helpDoc)}`,
            `For help: ${event.commandPath.join(" ")} --help`,
          ].join("\n"),
        )
      : // Help is our own text, and in colour.
        Effect.provideService(
          Effect.suspend(() => CliOutput.defaultPresenter.present(event)),
          Console.Console,
          globalThis.console,
        ),
})

/** With the flags that must be there, which effect's own line leaves out. */
const usageOf = ({ usage, flags }: HelpDoc.HelpDoc): string => {
  const needed = flags.filter(({ required }) => required).map(({ name, type }) => `--${name} <${type}>`)
  return usage.replace("[flags]", [...needed, "[flags]"].join(" "))
}
