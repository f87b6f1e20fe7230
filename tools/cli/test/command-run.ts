import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { layer as nodeServices } from "@effect/platform-node/NodeServices"
import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { onTestFinished } from "vitest"
import { BadInput } from "../src/bad-input.ts"
import { plan } from "../src/commands/plan.ts"
import { suggest } from "../src/commands/suggest.ts"
import { trials } from "../src/commands/trials.ts"

export interface Said {
  /** Lines of standard output. */
  readonly out: ReadonlyArray<string>
  readonly notes: ReadonlyArray<string>
  /** What was refused, a line each; undefined where nothing was. */
  readonly refused: ReadonlyArray<string> | undefined
}

/** A command run as `main.ts` runs it, in this process. */
export const command = async (name: "plan" | "suggest" | "trials", args: ReadonlyArray<string>): Promise<Said> => {
  const out: Array<string> = []
  const notes: Array<string> = []
  const into = (lines: Array<string>) => (text: unknown) => lines.push(...String(text).split("\n"))
  const listening: Console.Console = Object.assign(Object.create(console), { log: into(out), error: into(notes) })
  const tanren = Command.make("tanren").pipe(Command.withSubcommands([plan, suggest, trials]))
  const refused = await Command.runWith(tanren, { version: "0" })([name, ...args]).pipe(
    Effect.as(undefined),
    Effect.catch((error) => (error instanceof BadInput ? Effect.succeed(error.lines) : Effect.die(error))),
    Effect.provideService(Console.Console, listening),
    Effect.provide(nodeServices),
    Effect.runPromise,
  )
  return { out, notes, refused }
}

/** A folder of its own; gone after the test. */
export const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "tanren-command-"))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

/** A file of a folder of its own. */
export const written = (name: string, text: string): string => {
  const file = join(folder(), name)
  writeFileSync(file, text)
  return file
}

export const json = (data: unknown, name = "data.json"): string => written(name, JSON.stringify(data) ?? "")
