import { Console, Effect } from "effect"
import { CliOutput } from "effect/cli"

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
            `Usage: ${event.helpDoc.usage}`,
            `\`${event.commandPath.join(" ")} --help\` explains.`,
          ].join("\n"),
        )
      : Effect.suspend(() => CliOutput.defaultPresenter.present(event)),
})
