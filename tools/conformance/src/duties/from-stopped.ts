import type { TrainerEvent } from "@tanren/contract"
import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { endOf, type Run } from "../run.ts"
import { type Bench, fail, pass } from "../verdict.ts"
import { NO_END, savedAtStop, stopped } from "./shared-runs.ts"

/**
 * Goes on from the checkpoint that SIGTERM left, for a step, and lays that on a run that nobody stopped. It is written
 * by another line of the program than the others, in the middle between two evaluations. All three runs have one
 * length, never reached, so that no schedule tells them apart. Nothing where the program does not do what it takes;
 * `sigterm` tells what is wrong with that.
 */
export const fromStopped = Effect.fnUntraced(function* (bench: Bench) {
  const { reference } = bench
  if (!reference.declared.includes("sigterm") || !reference.declared.includes("cadence")) return undefined
  const saved = savedAtStop(yield* stopped(bench))
  if (saved === undefined) return undefined
  const goesOn = (name: string, resumeFrom: string | null) => justBeyond(bench, name, saved.step, resumeFrom)
  const resumed = yield* goesOn("sigterm-resumed", saved.path)
  const told = `from the checkpoint of step ${saved.step} that it wrote on SIGTERM`
  const remedy = "write the same checkpoint on SIGTERM as after an evaluation, with all of the state"
  if (resumed.eventsAtSignal === undefined || resumed.killed) return fail(`${told}: ${endOf(resumed)}`, remedy)
  const parting = partAfter(bench, saved.step, resumed, yield* goesOn("sigterm-uninterrupted", null))
  if (parting === undefined) return pass(`so it goes on from step ${saved.step}, where SIGTERM stopped it`)
  // So many steps may carry two runs of a device that is not exact apart, too.
  const again = yield* goesOn("sigterm-uninterrupted-again", null)
  return partAfter(bench, saved.step, yield* goesOn("sigterm-uninterrupted", null), again) === undefined
    ? fail(`${told} the curve is another: ${parting} (resumed, uninterrupted)`, remedy)
    : undefined
})

/** Until the first evaluation after a step. */
const justBeyond = ({ run }: Bench, name: string, step: number, resumeFrom: string | null) =>
  run(name, { maxTrainSteps: NO_END, evalEverySteps: step + 1, resumeFrom }, (events: ReadonlyArray<TrainerEvent>) =>
    events.some((event) => event.type === "metrics" && event.step > step),
  )

/**
 * Only what is measured of the split: a training loss may be the mean since the last evaluation, and its beginning is
 * lost where training was stopped.
 */
const partAfter = ({ subject, metric }: Bench, from: number, one: Run, other: Run): string | undefined => {
  const first = other.curve.find(({ step }) => step > from)
  if (first === undefined) return undefined
  const [a, b] = [one, other].map(({ curve }) =>
    curve
      .filter(({ step }) => step === first.step)
      .map(({ step, metrics }) => ({
        step,
        metrics: Object.fromEntries(
          Object.entries(metrics).filter(([name]) => name === metric.name || name.startsWith("valid/")),
        ),
      })),
  )
  return partingOf(a ?? [], b ?? [], subject.tolerance)
}
