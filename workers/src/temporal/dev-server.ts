import { createServer } from "node:net"
import { join } from "node:path"
import { startGuarded } from "@tanren/activities"
import { NativeConnection } from "@temporalio/worker"
import { Duration, Effect, Schedule, Schema } from "effect"

export const DEFAULT_PORT = 7233
/** A second or two as a rule; a busy machine with a slow disk is given its time. */
export const STARTS_WITHIN_S = 120

export class ServerSilent extends Schema.TaggedError<ServerSilent>()("ServerSilent", {
  address: Schema.String,
  said: Schema.String,
}) {
  override get message(): string {
    return `the Temporal server at ${this.address} did not answer within ${STARTS_WITHIN_S} s. Its last words:\n${this.said}`
  }
}

/**
 * `journal_mode=wal, synchronous=normal`: survives the death of any process whole, and a power cut without corruption
 * (the last moments may be missing; the record answers for finished trials). The two dynamic settings take away
 * the second that the dev server otherwise waits at each continue-as-new.
 */
const serverArguments = (database: string, port: number): ReadonlyArray<string> => [
  "server",
  "start-dev",
  "--headless",
  "--ip",
  "127.0.0.1",
  "--port",
  String(port),
  "--db-filename",
  database,
  "--sqlite-pragma",
  "journal_mode=wal",
  "--sqlite-pragma",
  "synchronous=normal",
  "--dynamic-config-value",
  'history.continueAsNewMinInterval="10ms"',
  "--dynamic-config-value",
  'history.workflowIdReuseMinimalInterval="0s"',
  "--log-level",
  "error",
]

/** Starts the embedded server behind its guard and waits until it answers; it lives as long as the scope. */
export const startDevServer = Effect.fn("startDevServer")(function* (
  binary: string,
  stateFolder: string,
  port: number,
) {
  const server = yield* startGuarded({
    argv: [binary, ...serverArguments(join(stateFolder, "temporal.sqlite"), port)],
    cwd: stateFolder,
    environment: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" },
    outputFile: join(stateFolder, "logs", "temporal.log"),
    graceSeconds: 5,
  })
  const address = `127.0.0.1:${port}`
  yield* answers(address).pipe(
    Effect.retry(Schedule.spaced(Duration.millis(100))),
    Effect.timeout(Duration.seconds(STARTS_WITHIN_S)),
    Effect.raceFirst(Effect.flatMap(server.ended, () => Effect.fail("ended"))),
    Effect.mapError(() => new ServerSilent({ address, said: server.lastLines() })),
  )
  return server
})

const answers = (address: string) =>
  Effect.tryPromise(async () => {
    const connection = await NativeConnection.connect({ address })
    try {
      await connection.workflowService.describeNamespace({ namespace: "default" })
    } finally {
      await connection.close()
    }
  })

/** `wanted` where it is free, else any other. */
export const freePort = (wanted: number): Effect.Effect<number> =>
  Effect.promise(async () => (await listens(wanted)) ?? (await listens(0)) ?? 0)

const listens = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once("error", () => resolve(undefined))
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address()
      const got = typeof address === "object" && address !== null ? address.port : port
      probe.close(() => resolve(got))
    })
  })
