import { EVENTS_VARIABLE, type Exit, encodeNextTrial, NEAR_LIMIT, WARM_VARIABLE } from "@tanren/contract"
import type { Limits, StdoutPatterns } from "@tanren/playbook"
import { Clock, Duration, Effect, Fiber } from "effect"
import { folderMb, groupMemoryMb } from "../guarded/group.ts"
import { type GuardedProgram, startGuarded } from "../guarded/guarded.ts"
import { oomKillsOf } from "../guarded/oom-kills.ts"
import { eventTail, type Tail } from "./event-tail.ts"
import { stdoutMetrics } from "./stdout-metrics.ts"
import { type Place, retire, type WarmPrograms } from "./warm.ts"

const POLL_MS = 100
const WEIGH_EVERY_MS = 2_000

export interface ProgramRequest {
  readonly argv: ReadonlyArray<string>
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  /** The attempt's folder: its event log, its output, its checkpoints. */
  readonly folder: string
  readonly eventsFile: string
  readonly outputFile: string
  readonly limits: Limits
  /** How long the trial has trained in earlier attempts, up to where this one goes on: part of its wall time. */
  readonly secondsBehind?: number
  /** For a program that reports nothing: its metrics are read from what it prints and put into its event log. */
  readonly fromStdout?: StdoutPatterns
  /** Where a program of this kind may wait after its trial for the next; absent: each trial has its own process. */
  readonly warm?: { readonly programs: WarmPrograms; readonly place: Place; readonly trialFile: string }
}

type Stopped = NonNullable<Exit["stopped"]>

/**
 * Runs a training program to its end, handing on what it reports as it reports it. Passing a limit ends it with the
 * reason; interrupting the effect asks it to leave and waits until its process group is gone.
 */
export const runProgram = Effect.fn("runProgram")(function* <E, R>(
  request: ProgramRequest,
  hear: (tail: Tail) => Effect.Effect<void, E, R>,
) {
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const held = yield* hold(request)
      const { program } = held
      let honoursWarm = false
      const news = eventTail(request.eventsFile)
      const limits = yield* limitWatch(request, program.group)
      let stopping: Fiber.Fiber<void> | undefined
      let stopped: Stopped | undefined
      for (;;) {
        const ended = yield* Effect.timeoutOption(program.ended, Duration.millis(POLL_MS))
        if (ended._tag === "Some") yield* program.drained
        const tail = yield* news
        yield* hear(tail)
        const lost = held.printed?.trouble()
        if (lost !== undefined) return yield* lost
        if (ended._tag === "Some") {
          for (let left = tail.more; left; ) {
            const rest = yield* news
            yield* hear(rest)
            left = rest.more
          }
          if (stopping) yield* Fiber.interrupt(stopping)
          const memory = yield* limits.memory
          return { ...ended.value, stopped, lastLines: program.lastLines(), memory } satisfies Exit
        }
        honoursWarm ||= tail.events.some((event) => event.type === "started" && event.honours.includes("warm"))
        const finished = tail.events.some((event) => event.type === "finished")
        if (request.warm && honoursWarm && finished && stopped === undefined) {
          held.waits = true
          return { code: 0, signal: null, stopped, lastLines: program.lastLines() } satisfies Exit
        }
        const breach = yield* limits.passed(tail.events.length + tail.malformed.length > 0)
        if (breach !== undefined && stopped === undefined) {
          stopped = breach
          stopping = yield* Effect.forkScoped(leave(program, request.limits.graceSeconds))
        }
      }
    }),
  )
})

/** A process of the trial's own, or a warm one, which is let wait once it has finished and is ended otherwise. */
const hold = (request: ProgramRequest) => {
  const { warm, limits, fromStdout, eventsFile } = request
  const { argv, cwd, environment, outputFile } = request
  const printed = fromStdout && stdoutMetrics(fromStdout, eventsFile)
  // A warm program keeps the mark of its first trial, as it keeps its environment.
  const mark = `${EVENTS_VARIABLE}=${environment[EVENTS_VARIABLE] ?? eventsFile}`
  const start = { argv, cwd, environment, outputFile, graceSeconds: limits.graceSeconds, printed: printed?.take, mark }
  if (warm === undefined) return Effect.map(startGuarded(start), (program) => ({ program, waits: false, printed }))
  const { programs, place, trialFile } = warm
  const taken = Effect.gen(function* () {
    const told = { ...environment, [WARM_VARIABLE]: "1" }
    const one = yield* programs.take(place, { ...start, environment: told })
    if (!one.fresh) one.program.next(encodeNextTrial({ trial: trialFile, events: eventsFile }), outputFile)
    return { ...one, waits: false, printed }
  })
  return Effect.acquireRelease(taken, (one) => (one.waits ? programs.leave(place, one) : retire(one)))
}

const leave = (program: GuardedProgram, graceSeconds: number) =>
  Effect.gen(function* () {
    program.order("term")
    yield* Effect.sleep(Duration.seconds(graceSeconds))
    program.order("kill")
  })

const limitWatch = Effect.fnUntraced(function* (request: ProgramRequest, group: number) {
  const { limits, secondsBehind = 0 } = request
  const startedAt = yield* Clock.currentTimeMillis
  let heardAt = startedAt
  let weighedAt = startedAt
  const scale = yield* Effect.promise(() => scaleOf(request, group))
  const passed = (heard: boolean) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      if (heard) heardAt = now
      if (now - startedAt > (limits.wallSeconds - secondsBehind) * 1000) {
        return { why: "wall", detail: `ran longer than its limit of ${limits.wallSeconds} s` } satisfies Stopped
      }
      if (now - heardAt > limits.silenceSeconds * 1000) {
        return { why: "silence", detail: `reported nothing for ${limits.silenceSeconds} s` } satisfies Stopped
      }
      if (now - weighedAt < WEIGH_EVERY_MS) return undefined
      weighedAt = now
      return yield* Effect.promise(scale.weigh)
    })
  return { passed, memory: Effect.promise(scale.memory) }
})

/** Weighs a program against its limits, and afterwards tells what its end may have had to do with memory. */
const scaleOf = async ({ limits, folder }: ProgramRequest, group: number) => {
  const oomKills = await oomKillsOf(group)
  // The killer may strike before a weighing and be noticed after it: the end is compared with the weighing before.
  let kills = (await oomKills()) ?? 0
  let killsBefore = kills
  let usedMb: number | undefined
  const weigh = async (): Promise<Stopped | undefined> => {
    killsBefore = kills
    kills = (await oomKills()) ?? kills
    if (limits.memoryMb !== undefined) {
      const used = await groupMemoryMb(group, NEAR_LIMIT * limits.memoryMb)
      // A group that has just gone weighs nothing, and that says nothing of why.
      if (used > 0) usedMb = used
      if (used > limits.memoryMb)
        return { why: "memory", detail: `used ${Math.round(used)} MiB of memory, its limit is ${limits.memoryMb}` }
    }
    if (limits.diskMb !== undefined) {
      const used = await folderMb(folder)
      if (used > limits.diskMb)
        return { why: "disk", detail: `wrote ${Math.round(used)} MiB to disk, its limit is ${limits.diskMb}` }
    }
    return undefined
  }
  const memory = async (): Promise<NonNullable<Exit["memory"]>> => ({
    oomKilled: ((await oomKills()) ?? kills) > killsBefore,
    usedMb,
    limitMb: limits.memoryMb,
  })
  return { weigh, memory }
}
