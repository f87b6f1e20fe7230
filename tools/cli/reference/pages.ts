import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Option } from "effect"
import { CliOutput, Command, type HelpDoc } from "effect/cli"
import { type CommandName, commands, tanren, VERSION } from "../src/commands/index.ts"

/** Where the generated part of a page ends and what a person wrote begins. */
export const END = "<!-- The lines above are the command's own help: node tools/cli/reference/write.ts -->"

const groupsOf = ({ subcommands = [] }: HelpDoc.HelpDoc) => subcommands.flatMap(({ commands: listed }) => listed)

/** What `tanren … --help` knows of a command, before it is laid out for a terminal. */
const helpOf = async (path: ReadonlyArray<string>): Promise<HelpDoc.HelpDoc> => {
  const command = await tanren(
    path.length === 0 ? (Object.keys(commands) as ReadonlyArray<CommandName>) : [path[0] as CommandName],
  )
  let found: HelpDoc.HelpDoc | undefined
  const catching = CliOutput.layerPresenter({
    present: (event) =>
      Effect.sync(() => {
        if (event._tag === "Help") found = event.helpDoc
      }),
  })
  await Command.runWith(command, { version: VERSION })([...path, "--help"]).pipe(
    Effect.ignore,
    Effect.provide([NodeServices.layer, catching]),
    Effect.runPromise,
  )
  if (found === undefined) throw new Error(`tanren ${path.join(" ")} has no help`)
  return found
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;")

const described = (description: Option.Option<string>): string => cell(Option.getOrElse(description, () => ""))

const typed = ({ type }: { readonly type: string }): string => (type === "boolean" ? "" : ` <${type}>`)

const argumentRow = (one: HelpDoc.ArgDoc): string =>
  `| \`${one.required ? `<${one.name}>` : `[${one.name}]`}${one.variadic ? "…" : ""}\` | ${described(one.description)} |`

const flagRow = (one: HelpDoc.FlagDoc): string =>
  `| \`--${one.name}${typed(one)}\`${one.required ? " (required)" : ""} | ${described(one.description)} |`

const page = (path: ReadonlyArray<string>, help: HelpDoc.HelpDoc): string => {
  const rows = [...(help.args ?? []).map(argumentRow), ...help.flags.map(flagRow)]
  const table = rows.length === 0 ? [] : ["", "| | |", "|---|---|", ...rows]
  return [`# \`tanren ${path.join(" ")}\``, "", `${help.description}.`, "", `    ${help.usage}`, ...table].join("\n")
}

/** Every command's generated part by file name; `README.md` lists them. */
export const pages = async (): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  const rows: Array<string> = []
  const visit = async (path: ReadonlyArray<string>): Promise<void> => {
    const help = await helpOf(path)
    const below = groupsOf(help)
    if (below.length === 0) {
      const file = `${path.join("-")}.md`
      found.set(file, page(path, help))
      rows.push(`| [\`tanren ${path.join(" ")}\`](${file}) | ${cell(help.description)} |`)
    }
    for (const { name } of below) await visit([...path, name])
  }
  await visit([])
  found.set("README.md", ["# The command line", "", "| command | |", "|---|---|", ...rows].join("\n"))
  return found
}
