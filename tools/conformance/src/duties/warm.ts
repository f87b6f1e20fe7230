import { join } from "node:path"
import { eventTail, startGuarded } from "@tanren/activities"
import { encodeNextTrial, measurementsOf, type TrainerEvent, WARM_VARIABLE } from "@tanren/contract"
import { Clock, Duration, Effect } from "effect"
import { partingOf } from "../curve.ts"
import { OTHER_SEEDS, prepared } from "../prepared.ts"
import { type Check, fail, pass } from "../verdict.ts"

const POLL = Duration.millis(20)
const REMEDY = `where ${WARM_VARIABLE} is 1, wait after finished for {"trial": …, "events": …} on standard input, and begin anew with it`

/** A trial with other seeds, then the reference's own in the same process: its curve must not tell. */
export const warm: Check = Effect.fnUntraced(function* ({ subject, folder, reference }) {
  const first = yield* prepared(subject, join(folder, "warm-first"), { seeds: OTHER_SEEDS })
  const second = yield* prepared(subject, join(folder, "warm-second"))
  const environment = { ...first.request.environment, [WARM_VARIABLE]: "1" }
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const program = yield* startGuarded({ ...first.request, environment, warm: true })
      const startedAt = yield* Clock.currentTimeMillis
      /** Its events up to `finished`; undefined where it ended, or fell silent, before. */
      const finished = Effect.fnUntraced(function* (file: string) {
        const news = eventTail(file)
        const events: Array<TrainerEvent> = []
        for (;;) {
          const over = program.hasEnded() || (yield* Clock.currentTimeMillis) - startedAt > subject.seconds * 1000
          events.push(...(yield* news).events)
          if (events.some(({ type }) => type === "finished")) return events
          if (over) return undefined
          yield* Effect.sleep(POLL)
        }
      })
      if ((yield* finished(first.files.events)) === undefined) return fail("its first trial did not finish", REMEDY)
      program.next(encodeNextTrial(second.files), second.request.outputFile)
      const events = yield* finished(second.files.events)
      if (events === undefined) {
        return fail(program.hasEnded() ? "it ended instead of waiting" : "it did not take the next trial", REMEDY)
      }
      const parting = partingOf(measurementsOf([{ resumedFrom: null, events }]), reference.curve, subject.tolerance)
      if (parting !== undefined)
        return fail(`the trial before shows in the next one's curve: ${parting} (second, alone)`, REMEDY)
      program.order("end")
      const left = yield* Effect.timeoutOption(program.ended, Duration.seconds(subject.graceSeconds))
      if (left._tag === "None" || left.value.code !== 0) {
        const how =
          left._tag === "None" ? "it stayed" : `it ended with ${left.value.signal ?? `exit ${left.value.code}`}`
        return fail(`when its standard input ended, ${how}`, "leave with 0 when the input has no further line")
      }
      return pass("its second trial in one process has the curve of one alone; it leaves with 0 when its input ends")
    }),
  )
})
