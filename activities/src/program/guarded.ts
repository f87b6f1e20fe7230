import { spawn } from "node:child_process"
import { createWriteStream } from "node:fs"
import type { Readable } from "node:stream"
import { fileURLToPath } from "node:url"
import { Deferred, Duration, Effect, Schema, type Scope } from "effect"
import type { GuardReport } from "./guard.ts"
import { lastLines } from "./last-lines.ts"

const GUARD = fileURLToPath(new URL("./guard.ts", import.meta.url))
/** Output beyond this is read and dropped, so that a chatty program cannot fill the disk. */
const MAX_OUTPUT_BYTES = 10 * 1024 * 1024

/** Somebody who left the program's group may hold its output open. */
const DRAINED_WITHIN = Duration.seconds(2)

/** The program could not be started at all: a wrong path, no permission. */
export class Unstartable extends Schema.TaggedError<Unstartable>()("Unstartable", {
  command: Schema.String,
  why: Schema.String,
}) {
  override get message(): string {
    return `${this.command} cannot be started: ${this.why}`
  }
}

export interface Ended {
  readonly code: number | null
  readonly signal: string | null
}

export interface GuardedProgram {
  readonly group: number
  readonly ended: Effect.Effect<Ended>
  /** All that it printed has been read; the guard goes right after its program. */
  readonly drained: Effect.Effect<void>
  readonly order: (order: "term" | "kill") => void
  readonly lastLines: () => string
}

interface Request {
  readonly argv: ReadonlyArray<string>
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  readonly outputFile: string
  readonly graceSeconds: number
  /** Told each line of its standard output. */
  readonly printed?: (line: string) => void
}

/**
 * Starts a program behind its guard. Closing the scope asks it to leave (SIGTERM), waits for the grace period, then
 * kills its process group, and returns only when the group is gone.
 */
export const startGuarded = (request: Request): Effect.Effect<GuardedProgram, Unstartable, Scope.Scope> =>
  Effect.acquireRelease(launch(request), (program) =>
    Effect.gen(function* () {
      program.order("term")
      const left = yield* Effect.timeoutOption(program.ended, Duration.seconds(request.graceSeconds))
      if (left._tag === "None") program.order("kill")
      yield* program.ended
    }),
  )

const launch = Effect.fnUntraced(function* (request: Request) {
  const ended = yield* Deferred.make<Ended>()
  const running = yield* Deferred.make<number, Unstartable>()
  const drained = yield* Deferred.make<void>()
  const output = lastLines(20, 2_000)
  const guard = spawn(process.execPath, ["--no-warnings", GUARD, JSON.stringify(request.argv)], {
    cwd: request.cwd,
    env: request.environment,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    // A group of its own: Ctrl-C in a terminal must reach the worker alone.
    detached: true,
  })
  keep([guard.stdout, guard.stderr], request.outputFile, output.add)
  if (request.printed) onLines(guard.stdout, request.printed)
  const end = (how: Ended) => Deferred.doneUnsafe(ended, Effect.succeed(how))
  const refuse = (why: string) => {
    Deferred.doneUnsafe(running, Effect.fail(new Unstartable({ command: request.argv.join(" "), why })))
    end({ code: null, signal: null })
  }
  let group = 0
  onLines(guard.stdio[3] as Readable, (line) => {
    const report = JSON.parse(line) as GuardReport
    if (report.type === "unstartable") refuse(report.why)
    if (report.type === "ended") end({ code: report.code, signal: report.signal })
    if (report.type === "running") {
      group = report.group
      Deferred.doneUnsafe(running, Effect.succeed(group))
    }
  })
  guard.once("error", (error) => refuse(error.message))
  guard.stdin.on("error", () => undefined)
  // The guard's last report is read before `close`; without one the guard itself was killed, and its ward with it.
  guard.once("close", () => {
    if (group > 0) killGroup(group)
    refuse("its guard was killed")
    end({ code: null, signal: "SIGKILL" })
    Deferred.doneUnsafe(drained, Effect.void)
  })
  return {
    group: yield* Deferred.await(running),
    ended: Deferred.await(ended),
    drained: Effect.ignore(Effect.timeout(Deferred.await(drained), DRAINED_WITHIN)),
    order: (order) => guard.stdin.write(`${order}\n`),
    lastLines: output.read,
  } satisfies GuardedProgram
})

const killGroup = (group: number): void => {
  try {
    process.kill(-group, "SIGKILL")
  } catch {
    // Gone already, which is what was wanted.
  }
}

const onLines = (stream: Readable, line: (text: string) => void): void => {
  let rest = ""
  stream.setEncoding("utf8")
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n")
    rest = lines.pop() ?? ""
    for (const one of lines) line(one)
  })
  stream.once("end", () => {
    if (rest !== "") line(rest)
  })
}

const keep = (streams: ReadonlyArray<Readable>, file: string, add: (chunk: string) => void): void => {
  const log = createWriteStream(file)
  log.on("error", () => undefined)
  let room = MAX_OUTPUT_BYTES
  let open = streams.length
  for (const stream of streams) {
    stream.setEncoding("utf8")
    stream.on("data", (chunk: string) => {
      add(chunk)
      if (room > 0) log.write(chunk.slice(0, room))
      room -= chunk.length
    })
    stream.once("close", () => {
      open--
      if (open === 0) log.end()
    })
  }
}
