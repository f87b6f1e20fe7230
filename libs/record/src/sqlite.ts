import { closeSync, existsSync, openSync } from "node:fs"
import { DatabaseSync, type SQLInputValue } from "node:sqlite"
import { Duration, Effect, Layer, Predicate, Schedule, Semaphore, Stream } from "effect"
import { Reactivity } from "effect/reactivity"
import { SqlClient, type SqlConnection, SqlError, Statement } from "effect/sql"

/** How long a writer waits for another process's transaction before it reports a lock. */
const BUSY_TIMEOUT_MS = 20_000
const OPEN_AGAIN_MS = 50
const SQLITE_BUSY = 5

const trouble = (cause: unknown, operation: string) =>
  new SqlError.SqlError({ reason: SqlError.classifySqliteError(cause, { message: `SQLite: ${cause}`, operation }) })

/**
 * effect's SqlClient over Node's own SQLite, because no published driver loads with effect 4.1.
 *
 * WAL lets the command line read while workers write. `synchronous = full` syncs every commit: a finished trial must
 * survive a power cut, and a trial commits only a few times. Transactions begin as `immediate`: a deferred one
 * that reads before it writes fails at once when another process wrote in between, whatever the busy timeout.
 */
export const sqliteLayer = (filename: string): Layer.Layer<SqlClient.SqlClient, SqlError.SqlError> =>
  Layer.effect(
    SqlClient.SqlClient,
    Effect.gen(function* () {
      const database = yield* Effect.acquireRelease(
        Effect.retry(Effect.try({ try: () => open(filename), catch: (cause) => trouble(cause, "open") }), whileLocked),
        (opened) => Effect.sync(() => opened.close()),
      )
      const connection = connect(database)
      const { acquirer, borrower, transactionAcquirer, onCommitFailure, isTransaction } = SqlClient.makeSqliteAcquirers(
        {
          connection: Effect.succeed(connection),
          semaphore: yield* Semaphore.make(1),
          isTransaction: () => database.isTransaction,
        },
      )
      return yield* SqlClient.make({
        acquirer,
        borrower,
        transactionAcquirer,
        onCommitFailure,
        isTransaction,
        compiler: Statement.makeCompilerSqlite(),
        driver: "sqlite",
        beginTransaction: "BEGIN IMMEDIATE",
        spanAttributes: [["db.system.name", "sqlite"]],
      })
    }),
  ).pipe(Layer.provide(Layer.effect(Reactivity.Reactivity, Reactivity.make)))

/** A new file becomes a WAL file under a lock that SQLite does not wait for: another process may be opening it, too. */
const whileLocked = {
  while: ({ reason }: SqlError.SqlError) =>
    Predicate.hasProperty(reason.cause, "errcode") && reason.cause.errcode === SQLITE_BUSY,
  schedule: Schedule.spaced(Duration.millis(OPEN_AGAIN_MS)),
  times: BUSY_TIMEOUT_MS / OPEN_AGAIN_MS,
}

/** Made for its owner alone; SQLite gives the files beside it the same permissions. */
const made = (filename: string): void => {
  if (filename === ":memory:" || existsSync(filename)) return
  try {
    closeSync(openSync(filename, "wx", 0o600))
  } catch (error) {
    // Another process was first.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
}

const open = (filename: string): DatabaseSync => {
  made(filename)
  const database = new DatabaseSync(filename, { timeout: BUSY_TIMEOUT_MS })
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const connect = (database: DatabaseSync): SqlConnection.Connection => {
  const prepared = new Map<string, ReturnType<DatabaseSync["prepare"]>>()
  const statement = (sql: string) => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const fresh = database.prepare(sql)
    if (prepared.size < 200) prepared.set(sql, fresh)
    return fresh
  }
  const rows = (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.try({
      try: () => statement(sql).all(...(params as ReadonlyArray<SQLInputValue>)) as ReadonlyArray<object>,
      catch: (cause) => trouble(cause, sql),
    })
  const values = (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.map(rows(sql, params), (found) => found.map((row) => Object.values(row)))
  return {
    execute: (sql, params, transform) =>
      Effect.map(rows(sql, params), (found) => (transform ? transform(found) : found)),
    executeRaw: rows,
    executeStream: (sql, params) => Stream.fromIterableEffect(rows(sql, params)),
    executeValues: values,
    executeValuesUnprepared: values,
    executeUnprepared: (sql, params, transform) =>
      Effect.map(rows(sql, params), (found) => (transform ? transform(found) : found)),
  }
}
