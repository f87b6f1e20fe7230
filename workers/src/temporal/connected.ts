import { NativeConnection } from "@temporalio/worker"
import { Duration, Effect, Schedule } from "effect"
import { STARTS_WITHIN_S } from "./dev-server.ts"

const LOOK_EVERY_MS = 200

/** Workers start beside the server, which may take longer than they do, or be starting again: they wait for it. */
export const connected = (address: string): Promise<NativeConnection> =>
  Effect.runPromise(
    Effect.tryPromise({
      try: () => NativeConnection.connect({ address }),
      catch: (error) => (error instanceof Error ? error : new Error(String(error))),
    }).pipe(
      Effect.retry({
        schedule: Schedule.spaced(Duration.millis(LOOK_EVERY_MS)),
        times: (STARTS_WITHIN_S * 1000) / LOOK_EVERY_MS,
      }),
    ),
  )
