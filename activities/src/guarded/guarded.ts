import { spawn } from "node:child_process"
import type { Readable } from "node:stream"
import { fileURLToPath } from "node:url"
import { Deferred, Duration, Effect, Schema, type Scope } from "effect"
import type { GuardReport, Ward } from "./guard.ts"
import { outputTo } from "./output.ts"
import { killMarked, untilGone } from "./strays.ts"

const GUARD = fileURLToPath(new URL("./guard.ts", import.meta.url))
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
  /** `end` closes a warm program's standard input: no further trial will come. */
  readonly order: (order: "term" | "kill" | "end") => void
  /** Hands a warm program its next trial as a line; what it prints from now on goes to that trial's file. */
  readonly next: (line: string, outputFile: string) => void
  readonly lastLines: () => string
  readonly hasEnded: () => boolean
}

export interface Request {
  readonly argv: ReadonlyArray<string>
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  readonly outputFile: string
  readonly graceSeconds: number
  /** Told each line of its standard output. */
  readonly printed?: (line: string) => void
  /** It will be handed trial after trial on its standard input. */
  readonly warm?: boolean
  /** An entry of `environment`, `NAME=value`, that no other program has: who left its group is found by it (Linux). */
  readonly mark?: string
}

/**
 * Starts a program behind its guard. Closing the scope asks it to leave (SIGTERM), waits for the grace period, then
 * kills its process group, and returns only when the group is gone and, where it has a mark, all that carry it.
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
  const output = outputTo(request.outputFile)
  const ward: Ward = { argv: request.argv, warm: request.warm === true, mark: request.mark }
  const guard = spawn(process.execPath, ["--no-warnings", GUARD, JSON.stringify(ward)], {
    cwd: request.cwd,
    env: request.environment,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    // A group of its own: Ctrl-C in a terminal must reach the worker alone.
    detached: true,
  })
  keep([guard.stdout, guard.stderr], output)
  if (request.printed) onLines(guard.stdout, request.printed)
  let over = false
  const end = (how: Ended) => {
    over = true
    Deferred.doneUnsafe(ended, Effect.succeed(how))
  }
  const refuse = (why: string) => {
    Deferred.doneUnsafe(running, Effect.fail(new Unstartable({ command: request.argv.join(" "), why })))
    end({ code: null, signal: null })
  }
  let group = 0
  const reports = guard.stdio[3] as Readable
  onLines(reports, (line) => {
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
  // Only the guard holds this pipe: closed without a last report, it was killed. Its ward holds the others open still.
  reports.once("close", async () => {
    if (over) return
    await untilGone(() => (group > 0 && killGroup(group)) || (request.mark !== undefined && killMarked(request.mark)))
    end({ code: null, signal: "SIGKILL" })
    refuse("its guard was killed")
  })
  guard.once("close", () => Deferred.doneUnsafe(drained, Effect.void))
  return {
    group: yield* Deferred.await(running),
    ended: Deferred.await(ended),
    drained: Effect.ignore(Effect.timeout(Deferred.await(drained), DRAINED_WITHIN)),
    order: (order) => guard.stdin.write(`${order}\n`),
    next: (line, outputFile) => {
      output.turnTo(outputFile)
      guard.stdin.write(`${line}\n`)
    },
    lastLines: output.lastLines,
    hasEnded: () => over,
  } satisfies GuardedProgram
})

const MAX_LINE = 64 * 1024

/** Whether anybody was left in it. */
const killGroup = (group: number): boolean => {
  try {
    process.kill(-group, "SIGKILL")
    return true
  } catch {
    return false
  }
}

const onLines = (stream: Readable, line: (text: string) => void): void => {
  let rest = ""
  stream.setEncoding("utf8")
  stream.on("data", (chunk: string) => {
    // A progress bar that never ends its line must not grow without end.
    const lines = (rest + chunk).split(/\r?\n|\r/)
    rest = (lines.pop() ?? "").slice(-MAX_LINE)
    for (const one of lines) line(one)
  })
  stream.once("end", () => {
    if (rest !== "") line(rest)
  })
}

const keep = (streams: ReadonlyArray<Readable>, output: ReturnType<typeof outputTo>): void => {
  let open = streams.length
  for (const stream of streams) {
    stream.setEncoding("utf8")
    stream.on("data", output.add)
    stream.once("close", () => {
      open--
      if (open === 0) output.end()
    })
  }
}
