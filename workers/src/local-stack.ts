import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs"
import { join, parse } from "node:path"
import { fileURLToPath } from "node:url"
import { devicesFor, type GuardedProgram, type Leasable, type Resources, startGuarded } from "@tanren/activities"
import { Console, Deferred, Effect } from "effect"
import { isBrokenDatabase } from "./broken-file.ts"
import { lock } from "./lock.ts"
import { holdMachine } from "./machine.ts"
import { scopeOf, settingsVariable, type WorkerSettings } from "./settings.ts"
import { type Dying, supervise } from "./supervise.ts"
import { DEFAULT_PORT, freePort, startDevServer } from "./temporal/dev-server.ts"
import { findTemporal } from "./temporal/find-binary.ts"
import { writeWhole } from "./write-whole.ts"

export interface StackOptions extends Resources {
  readonly stateFolder: string
}

/** What the stack writes down for others in the folder: `stack.json`. */
export interface StackNote {
  readonly address: string
  readonly namespace: string
  readonly scope: string
  readonly processes: Readonly<Record<string, number>>
}

/** Held by whoever runs the folder's stack. */
export const stackLock = (stateFolder: string): string => join(stateFolder, "stack.lock")

const noteFile = (stateFolder: string) => join(stateFolder, "stack.json")

export const readStackNote = (stateFolder: string): StackNote | undefined => {
  try {
    const note = JSON.parse(readFileSync(noteFile(stateFolder), "utf8")) as Partial<StackNote>
    return note.address === undefined || note.processes === undefined ? undefined : (note as StackNote)
  } catch {
    return undefined
  }
}

/**
 * Temporal (embedded, unless TEMPORAL_ADDRESS names one), a control worker and a training worker, each its own
 * process behind a guard, restarted when it dies; all leave with the scope. Fails with `Held` when another process
 * runs the folder's stack; with `NoGpu`, before anything starts, where there is nothing to lease. The returned
 * `answers` comes when Temporal can be asked; `broken` fails when a process cannot be kept alive.
 */
export const localStack = Effect.fn("localStack")(function* (options: StackOptions) {
  const { stateFolder } = options
  mkdirSync(join(stateFolder, "logs"), { recursive: true })
  yield* lock(stackLock(stateFolder), `process ${process.pid}`)
  yield* tellIdle(options, yield* devicesFor(options))
  yield* holdMachine(`process ${process.pid} for ${stateFolder}`)
  const scope = scopeOf(stateFolder)
  const processes: Record<string, number> = {}
  const existing = process.env.TEMPORAL_ADDRESS
  const port = existing === undefined ? yield* portFor(stateFolder) : 0
  const address = existing ?? `127.0.0.1:${port}`
  const namespace = process.env.TEMPORAL_NAMESPACE ?? "default"
  const note = (name: string) => (program: GuardedProgram, starts: number) =>
    Effect.gen(function* () {
      processes[name] = program.group
      const written: StackNote = { address, namespace, scope, processes }
      writeWhole(noteFile(stateFolder), JSON.stringify(written, null, 1))
      if (starts > 1) yield* Console.error(`The ${name} had died; it was started again.`)
    })

  const answering = yield* Deferred.make<void>()
  const broken: Array<Effect.Effect<never, Dying>> = []
  if (existing === undefined) {
    const binary = yield* findTemporal("temporal")
    const start = startDevServer(binary, stateFolder, port)
    broken.push(
      yield* supervise(
        "Temporal server",
        Effect.catchTag(start, "ServerSilent", () => afresh(start, stateFolder)),
        (...up) => Effect.andThen(note("Temporal server")(...up), Deferred.succeed(answering, undefined)),
      ),
    )
  }
  const settings: WorkerSettings = { address, namespace, scope, ...options }
  for (const [name, file] of [
    ["control worker", new URL("./processes/control-worker.ts", import.meta.url)],
    ["training worker", new URL("./processes/training-worker.ts", import.meta.url)],
  ] as const) {
    broken.push(yield* supervise(name, startWorker(file, settings), note(name)))
  }
  const answers = existing === undefined ? Deferred.await(answering) : Effect.void
  return { address, namespace, scope, answers, broken: Effect.raceAllFirst(broken) }
})

/** Devices that nobody will use are a person's money. */
const tellIdle = ({ resources, slots, devices = 1 }: StackOptions, { leases, idle }: Leasable) => {
  if (resources === "cpu") return Effect.void
  const seen = `Note: ${leases.length * devices + idle} GPUs can be seen, and`
  const notes = [
    ...(idle > 0 ? [`${seen} trials lease ${devices} each: ${idle} ${idle === 1 ? "stays" : "stay"} idle.`] : []),
    ...(leases.length > slots ? [`${seen} policy.parallel lets ${slots} trials run at once.`] : []),
  ]
  return Effect.forEach(notes, (note) => Console.error(note), { discard: true })
}

/** The port of last time, so that whoever still looks there finds the server; else the default; else a free one. */
const portFor = Effect.fnUntraced(function* (stateFolder: string) {
  const before = readStackNote(stateFolder)
  const leftover = before?.processes["Temporal server"]
  if (leftover !== undefined) endLeftover(leftover, stateFolder)
  const wanted = Number(before?.address.split(":").at(-1) ?? process.env.TANREN_PORT ?? DEFAULT_PORT)
  const port = yield* freePort(wanted)
  if (before === undefined && wanted !== 0 && port !== wanted)
    yield* Console.error(`Port ${wanted} is in use; Temporal takes ${port}.`)
  return port
})

/** A server of this folder that outlived its stack (its guard was killed, too) would hold the file and the port. */
const endLeftover = (pid: number, stateFolder: string): void => {
  try {
    const command = execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" })
    if (command.includes("start-dev") && command.includes(stateFolder)) process.kill(pid, "SIGKILL")
  } catch {
    // No such process: nothing was left over.
  }
}

/** A damaged file, which the server cannot open (a power cut), is set aside: the record knows what is finished. */
const afresh = <A, E, R>(start: Effect.Effect<A, E, R>, stateFolder: string) =>
  Effect.gen(function* () {
    const file = join(stateFolder, "temporal.sqlite")
    if (isBrokenDatabase(file)) {
      yield* Console.error("Temporal could not open its file; it was renamed to temporal.sqlite.unreadable.")
      yield* Console.error("No finished trial is lost: they are in the record.")
      for (const end of ["", "-wal", "-shm"]) {
        if (existsSync(file + end)) renameSync(file + end, `${file}.unreadable${end}`)
      }
    }
    return yield* start
  })

const startWorker = (program: URL, settings: WorkerSettings) =>
  startGuarded({
    argv: [process.execPath, "--no-warnings", fileURLToPath(program)],
    cwd: settings.stateFolder,
    environment: { ...(process.env as Record<string, string>), ...settingsVariable(settings) },
    outputFile: join(settings.stateFolder, "logs", `${parse(program.pathname).name}.log`),
    graceSeconds: 70,
  })
