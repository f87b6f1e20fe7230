import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord, type Phase, readStanding, type Standing, type TrialRow } from "@tanren/record"
import { mixedBackendsText, type Progress, progressLine } from "@tanren/report"
import { mean } from "@tanren/statistics"
import { Console, Duration, Effect } from "effect"
import { backendsOf } from "./backends.ts"

const LOOK_EVERY = Duration.millis(500)
/** Where the output is no terminal, a line this often is enough. */
const LINE_EVERY_MS = 10_000
/** Empties the line that the cursor stands in. */
const CLEAR = "\r\x1b[2K"

/** A campaign's standing as a line of progress tells it. */
export const progressOf = (
  { metric, policy }: CampaignSpec,
  { phase, goals, trials: { planned, done, running, infeasible, failed } }: Standing,
  trials: ReadonlyArray<TrialRow>,
): Progress => {
  const values = trials.flatMap(({ value }) => (value === null ? [] : [value]))
  const seconds = trials.flatMap(({ seconds: taken }) => (taken === null ? [] : [taken]))
  const minimize = metric.goal === "minimize"
  return {
    phase: phaseText(phase, goals.length),
    done,
    total: planned,
    metric,
    running,
    infeasible,
    failed,
    best: values.length === 0 ? null : values.reduce((a, b) => (minimize === a < b ? a : b)),
    secondsLeft:
      seconds.length === 0 || phase.at === "finished" ? null : ((planned - done) * mean(seconds)) / policy.parallel,
  }
}

const doing: Readonly<Record<Exclude<Phase["at"], "round" | "batch">, string>> = {
  baseline: "baseline",
  studies: "studies",
  "refinement-waits": "waiting for a decision on the refinement",
  "refined-studies": "refined studies",
  reruns: "re-running the best with fresh seeds",
  launch: "launch",
  "launch-waits": "waiting for approval of the launch",
  finished: "finished",
}

const phaseText = (phase: Phase, goals: number): string =>
  "goal" in phase ? `goal ${phase.goal} of ${goals}: ${doingText(phase)}` : doing[phase.at]

const doingText = (phase: Exclude<Phase, { readonly at: "baseline" | "finished" }>): string =>
  phase.at === "round"
    ? `round ${phase.round} of ${phase.of}`
    : phase.at === "batch"
      ? `final tuning, batch ${phase.batch} of at most ${phase.of}`
      : doing[phase.at]

/** Shows progress until the campaign has ended. */
export const showProgress = Effect.fn("showProgress")(function* (id: string, spec: CampaignSpec) {
  const record = yield* ExperimentRecord
  const live = process.stdout.isTTY === true
  let said = ""
  let saidAt = 0
  let warned: string | undefined
  for (;;) {
    const row = yield* record.campaign(id)
    if (row !== null) {
      const { standing, trials } = yield* readStanding(row)
      const progress = progressOf(spec, standing, trials)
      const warning = mixedBackendsText(backendsOf(trials))
      if (warning !== undefined && warning !== warned) {
        if (live) process.stdout.write(CLEAR)
        yield* Console.log(warning)
        warned = warning
      }
      const line = progressLine(progress, live ? { width: (process.stdout.columns ?? 80) - 1 } : {})
      const now = Date.now()
      if (live) process.stdout.write(`${CLEAR}${line}`)
      else if (line !== said && now - saidAt >= LINE_EVERY_MS) {
        yield* Console.log(line)
        saidAt = now
      }
      said = line
      if (row.status !== "running") {
        if (live) process.stdout.write(CLEAR)
        return
      }
    }
    yield* Effect.sleep(LOOK_EVERY)
  }
})
